package dev.flightdelay.predictor.numpy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The orders and sums that {@code make_numpy_orders.py} had NumPy make. */
class NumpyOrdersTest {

  private static final Path FOLDER = Path.of("src/test/resources/numpy");

  @Test
  void partitionsAsNumpyDoes() throws IOException {
    List<String[]> cases = cases("argpartition.csv");

    assertThat(cases).hasSizeGreaterThan(300);
    for (String[] parts : cases) {
      double[] numbers = numbers(parts[0]);
      int k = Integer.parseInt(parts[1]);
      int[] order = Arrays.stream(parts[2].split(" ")).mapToInt(Integer::parseInt).toArray();

      assertThat(ArgPartition.of(numbers, numbers.length, k))
          .as("place %d of %s", k, parts[0])
          .isEqualTo(order);
    }
  }

  @Test
  void addsSquaresAsNumpyDoes() throws IOException {
    List<String[]> cases = cases("squared-norms.csv");

    assertThat(cases).hasSizeGreaterThan(60);
    for (String[] parts : cases) {
      double[] numbers = numbers(parts[0]);

      assertThat(SquaredNorm.of(numbers, 0, numbers.length))
          .as(parts[0])
          .isEqualTo(Double.parseDouble(parts[1]));
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static List<String[]> cases(String file) throws IOException {
    return Files.readAllLines(FOLDER.resolve(file)).stream().map(line -> line.split(";")).toList();
  }
}
