package dev.flightdelay.predictor.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RealPicklesTest {

  private static final Path SHARED = Path.of("../../shared");

  @TestFactory
  Stream<DynamicTest> readsEveryLegacyPickle() throws IOException {
    Path pickles = SHARED.resolve("seed-models");
    assumeTrue(Files.isDirectory(pickles), "the legacy models are not beside the repository");

    try (Stream<Path> files = Files.list(pickles)) {
      return files.sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> {
                        byte[] bytes = Files.readAllBytes(file);
                        List<String> named = namedIn(bytes);

                        Pickle pickle =
                            PickleFile.read(new PickleReader(StubGlobals.allowing(named)), bytes);

                        assertThat(pickle.root()).isInstanceOf(PickleObject.class);
                        assertThat(((PickleObject) pickle.root()).attributes())
                            .containsKey("coef_");
                      }));
    }
  }

  static List<String> namedIn(byte[] pickle) {
    return new PickleReader(new AllowedGlobals(List.of()))
        .outline(pickle).orElseThrow().globals().stream().map(GlobalName::toString).toList();
  }

  @TestFactory
  Stream<DynamicTest> readsEveryFileOfTheManifest() throws IOException {
    return models().stream()
        .map(
            model ->
                DynamicTest.dynamicTest(
                    model.get("id").asString(),
                    () -> {
                      byte[] file = bytes(model);
                      List<String> globals =
                          model.get("globals").valueStream().map(JsonNode::asString).toList();

                      Pickle pickle =
                          PickleFile.read(new PickleReader(StubGlobals.allowing(globals)), file);

                      assertThat(pickle.protocol()).isEqualTo(model.get("protocol").asInt());
                      assertThat(pickle.globals())
                          .map(GlobalName::toString)
                          .containsExactlyElementsOf(globals.stream().sorted().toList());
                    }));
  }

  private static List<JsonNode> models() throws IOException {
    Path manifest = SHARED.resolve("models/manifest.json");
    assumeTrue(Files.exists(manifest), "the models are not beside the repository");
    return JsonMapper.shared()
        .readTree(Files.readAllBytes(manifest))
        .get("files")
        .valueStream()
        .toList();
  }

  private static byte[] bytes(JsonNode model) throws IOException {
    return Files.readAllBytes(SHARED.resolve("models").resolve(model.get("file").asString()));
  }
}
