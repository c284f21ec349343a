package dev.flightdelay.predictor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.source.ModelFetchException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code inspect} says of files that are not served: the refusal still ends the command. */
class InspectTest {

  private static final long MAX_BYTES = 1000;
  private static final long MAX_ROW_COST = 1_000_000;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void showsWhatARefusedFileNames() throws IOException {
    ModelRefusedException refusal = refusal("cposix\nsystem\n(cnumpy\nndarray\nS'id'\ntR.");

    JsonNode json = new JsonMapper().readTree(out.toByteArray());
    assertThat(refusal.reason()).isEqualTo(Reason.GLOBAL_NOT_ALLOWED);
    assertThat(json.get("refused").get("reason").asString()).isEqualTo("GLOBAL_NOT_ALLOWED");
    assertThat(json.get("refused").get("byte").asLong()).isZero();
    assertThat(json.get("refused").get("message").asString()).isEqualTo(refusal.getMessage());
    assertThat(json.get("globals"))
        .map(JsonNode::asString)
        .containsExactly("numpy.ndarray", "posix.system");
    assertThat(json.get("protocol").asInt()).isZero();
    assertThat(json.get("sha256").asString()).hasSize(64);
    assertThat(json.get("size").asLong()).isEqualTo(39);
  }

  @Test
  void tellsCategoriesFromTheirCodes() throws IOException {
    Path kinds = Path.of("src/test/resources/kinds");

    assertThat(features(kinds.resolve("xgb-category-codes/regressor-1.6.pkl")).get("codes"))
        .map(JsonNode::asString)
        .containsExactly("carrier", "grade");
    JsonNode newer = features(kinds.resolve("xgb-text-categories/beside-numbers-1.9.pkl"));
    assertThat(newer.get("codes")).isEmpty();
    assertThat(newer.get("texts")).map(JsonNode::asString).containsExactly("carrier");
  }

  private JsonNode features(Path file) {
    out.reset();
    Inspect.run(List.of(file.toString()), 1 << 20, MAX_ROW_COST, out);
    return new JsonMapper().readTree(out.toByteArray()).get("features");
  }

  @Test
  void writesNamesThatMisleadInVisibleLetters() throws IOException {
    refusal("cp\u043esix\nsystem\u202e\n.");

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("p\\\\u043esix.system\\\\u202e")
        .matches("\\A[ -~\\n]+\\z");
  }

  @Test
  void showsHashAndSizeOfWhatIsNoPickle() throws IOException {
    refusal("<!DOCTYPE html><html></html>");

    JsonNode json = new JsonMapper().readTree(out.toByteArray());
    assertThat(json.get("refused").get("reason").asString()).isEqualTo("CONTAINER_REJECTED");
    assertThat(json.get("sha256").asString()).hasSize(64);
    assertThat(json.get("size").asLong()).isEqualTo(28);
    assertThat(json.has("globals")).isFalse();
    assertThat(json.has("protocol")).isFalse();
  }

  @Test
  void saysWhatAFileInALibrarysOwnFormatIs() {
    Path file = Path.of("src/test/resources/kinds/native-catboost-cbm/regressor.cbm");

    Inspect.run(List.of(file.toString()), 1 << 20, MAX_ROW_COST, out);

    JsonNode json = new JsonMapper().readTree(out.toByteArray());
    assertThat(json.get("format").asString()).isEqualTo("CatBoost's binary format");
    assertThat(json.get("estimator").asString()).isEqualTo("CatBoostRegressor");
    assertThat(json.get("libraryVersion").asString()).isEqualTo("1.2.8");
    assertThat(json.has("globals")).isFalse();
    assertThat(json.has("protocol")).isFalse();
  }

  @Test
  void printsTheResourceOfAFileInALibrarysOwnFormat() {
    Path file = Path.of("src/test/resources/kinds/native-lightgbm-text/binary-4.7.txt");

    Inspect.run(List.of("--cr", file.toString()), 1 << 20, MAX_ROW_COST, out);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("uri: gs://YOUR-BUCKET/binary-4.7.txt", "sha256: ");
  }

  @Test
  void printsNoResourceForARefusedFile() throws IOException {
    Path file = Files.writeString(folder.resolve("model.pkl"), "cposix\nsystem\n.");

    catchThrowableOfType(
        ModelRefusedException.class,
        () -> Inspect.run(List.of("--cr", file.toString()), MAX_BYTES, MAX_ROW_COST, out));

    assertThat(out.size()).isZero();
  }

  @Test
  void readsNoMoreThanItMay() throws IOException {
    ModelRefusedException refusal = refusal("x".repeat(1001));

    assertThat(refusal.reason()).isEqualTo(Reason.BUDGET_EXCEEDED);
    assertThat(out.size()).isZero();
  }

  @Test
  void saysThatAFileIsNotThere() {
    var failure =
        catchThrowableOfType(
            ModelFetchException.class,
            () ->
                Inspect.run(
                    List.of(folder.resolve("no.pkl").toString()), MAX_BYTES, MAX_ROW_COST, out));

    assertThat(failure).hasMessageContaining("no.pkl is not there");
    assertThat(out.size()).isZero();
  }

  @Test
  void saysThatAScalerBesideTheModelIsNotApplied() throws IOException {
    Path both =
        Path.of("src/test/resources/kinds/container-encoders/the-model.pkl").toAbsolutePath();

    Inspect.run(List.of(both.toString()), Long.MAX_VALUE, Long.MAX_VALUE, out);

    JsonNode notes = new JsonMapper().readTree(out.toByteArray()).get("notes");
    assertThat(notes.size()).isEqualTo(2);
    assertThat(notes.get(0).asString())
        .contains("'carrier' (LabelEncoder)", "is not applied", "Pipeline");
  }

  private ModelRefusedException refusal(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("model.pkl"), content);
    return catchThrowableOfType(
        ModelRefusedException.class,
        () -> Inspect.run(List.of(file.toString()), MAX_BYTES, MAX_ROW_COST, out));
  }
}
