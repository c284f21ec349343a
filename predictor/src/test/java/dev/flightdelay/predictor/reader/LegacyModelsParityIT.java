package dev.flightdelay.predictor.reader;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.flightdelay.predictor.SharedMaterial;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * People's own pickles, scored here and by scikit-learn itself on the same rows: all 22,508 flights
 * where the model takes 37 columns, as many random rows where it takes others.
 */
class LegacyModelsParityIT {

  private static final double TOLERANCE = 1e-12;
  private static final int FLIGHTS = 22_508;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "seed-001-logistic-regression.pkl, 1.2",
    "seed-001-logistic-regression.pkl, 1.9",
    "seed-002-logistic-regression.pkl, 1.2",
    "seed-002-logistic-regression.pkl, 1.9",
    "seed-003-linear-regression.sav, 1.2",
    "seed-003-linear-regression.sav, 1.9",
    "seed-004-logistic-regression.pkl, 1.2",
    "seed-004-logistic-regression.pkl, 1.9",
  })
  void answersAsScikitLearnDoes(String pickle, String release) throws Exception {
    Path file = SharedMaterial.path("seed-models").resolve(pickle);
    Model model = ModelReader.read(Files.readAllBytes(file), "").model();
    Path rowsFile = rowsFor(model);
    Rows rows = rows(rowsFile, model.signature().features().count());

    List<String> expected = scoreWithScikitLearn(release, file, rowsFile);
    Scores scores = model.score(rows, true, false);

    assertThat(expected).hasSize(FLIGHTS);
    double largest = 0;
    for (int row = 0; row < rows.count(); row++) {
      String[] columns = expected.get(row).split(",");
      double predicted = Double.parseDouble(columns[0]);
      if (scores.labels() != null) {
        Object label = model.signature().labels().orElseThrow().value(scores.labels()[row]);
        assertThat(((Number) label).doubleValue()).as("class of row %d", row).isEqualTo(predicted);
        for (int k = 0; k < 2; k++) {
          double difference =
              Math.abs(scores.probabilities()[2 * row + k] - Double.parseDouble(columns[1 + k]));
          largest = Math.max(largest, difference);
        }
      } else {
        double difference = Math.abs(scores.values()[row] - predicted);
        largest = Math.max(largest, difference / Math.max(1, Math.abs(predicted)));
      }
    }
    assertThat(largest).as("largest difference").isLessThanOrEqualTo(TOLERANCE);
    System.out.printf(
        "%s, scikit-learn %s: %d rows, 0 classes differ, %s%n",
        pickle, release, rows.count(), largest);
  }

  private Path rowsFor(Model model) throws IOException {
    int width = model.signature().features().count();
    if (width == 37) {
      return SharedMaterial.path("flights/x_test.csv");
    }
    Random random = new Random(7);
    List<String> lines =
        IntStream.range(0, FLIGHTS)
            .mapToObj(
                row ->
                    IntStream.range(0, width)
                        .mapToObj(column -> Double.toString(random.nextGaussian(0, 3)))
                        .collect(joining(",")))
            .toList();
    return Files.write(folder.resolve("rows.csv"), lines);
  }

  private static Rows rows(Path file, int width) throws IOException {
    List<String> lines = Files.readAllLines(file);
    double[] values =
        lines.stream()
            .flatMapToDouble(
                line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble))
            .toArray();
    return new Rows(values, lines.size(), width);
  }

  private List<String> scoreWithScikitLearn(String release, Path model, Path rows)
      throws IOException, InterruptedException {
    Path cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache"));
    Path python = cache.resolve("flight-delay/sklearn-" + release + "/bin/python");
    assumeThat(Files.isExecutable(python))
        .as("scikit-learn %s is installed at %s: ./run-tests does it", release, python)
        .isTrue();
    Path scores = folder.resolve("scores.csv");
    Process process =
        new ProcessBuilder(
                python.toString(),
                "src/test/python/score_rows.py",
                model.toString(),
                rows.toString())
            .redirectOutput(scores.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readAllLines(scores);
  }
}
