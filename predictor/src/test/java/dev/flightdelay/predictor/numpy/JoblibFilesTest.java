package dev.flightdelay.predictor.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.AllowedGlobals;
import dev.flightdelay.predictor.pickle.PickleFile;
import dev.flightdelay.predictor.pickle.PickleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same arrays as joblib 0.9 to 1.6 write them, in three protocols and every compression. */
class JoblibFilesTest {

  private static final Path FILES = Path.of("src/test/resources/joblib");

  @TestFactory
  Stream<DynamicTest> readsTheArraysOfEveryFile() throws IOException {
    JsonNode expected = new JsonMapper().readTree(FILES.resolve("expected.json"));
    List<Path> files = files();
    assertThat(files).hasSize(19);
    return files.stream()
        .filter(file -> !file.getFileName().toString().equals("0.9.4-files.joblib"))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), () -> assertHolds(file, expected)));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(FILES)) {
      return all.filter(file -> file.toString().endsWith(".joblib")).sorted().toList();
    }
  }

  private static void assertHolds(Path file, JsonNode expected) throws IOException {
    Map<?, ?> arrays = (Map<?, ?>) PickleFile.read(reader(), Files.readAllBytes(file)).root();

    assertThat(arrays).hasSize(expected.size());
    for (String name : expected.propertyNames()) {
      NdArray array = (NdArray) arrays.get(name);
      List<Integer> shape = new ArrayList<>();
      expected.get(name).get("shape").forEach(d -> shape.add(d.asInt()));
      List<Object> values = new ArrayList<>();
      expected.get(name).get("values").forEach(v -> values.add(value(v)));
      assertThat(array.shape()).as(name).containsExactly(shape.stream().mapToInt(d -> d).toArray());
      assertThat(array.values()).as(name).containsExactly(values.toArray());
    }
  }

  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL -> null;
      case BOOLEAN -> node.asBoolean();
      case STRING -> node.asString();
      default -> node.isIntegralNumber() ? (Object) node.asLong() : (Object) node.asDouble();
    };
  }

  @Test
  void refusesArraysInFilesOfTheirOwnByName() throws IOException {
    byte[] file = Files.readAllBytes(FILES.resolve("0.9.4-files.joblib"));

    var refused =
        catchThrowableOfType(ModelRefusedException.class, () -> PickleFile.read(reader(), file));

    assertThat(refused.reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(refused).hasMessageContaining("NDArrayWrapper").hasMessageContaining("pickle.dump");
  }

  private static PickleReader reader() {
    return new PickleReader(new AllowedGlobals(NumpyGlobals.ALL));
  }
}
