package dev.flightdelay.predictor.xgboost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.reader.EstimatorPickle;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boosters that are no sound model are refused, and the reason says why. */
@Tag("small-heap")
class XGBoostRefusalTest {

  private static final Duration MAX_DURATION = Duration.ofSeconds(2);
  private static final int FLIPS = 2_500;
  private static final Path CASES = Path.of("src/test/resources/parity-xgboost");

  // One tree: x0 < 0.5 (missing goes left) gives 1, else 2.
  private static final String SOUND =
      """
      {"learner": {
        "attributes": {}, "feature_names": [], "feature_types": [],
        "gradient_booster": {"name": "gbtree", "model": {
          "gbtree_model_param": {"num_parallel_tree": "1", "num_trees": "1"},
          "iteration_indptr": [0, 1], "tree_info": [0],
          "trees": [{
            "categories": [], "categories_nodes": [], "categories_segments": [],
            "categories_sizes": [], "default_left": [1, 0, 0], "id": 0,
            "left_children": [1, -1, -1], "right_children": [2, -1, -1],
            "split_conditions": [0.5, 1.0, 2.0], "split_indices": [0, 0, 0],
            "split_type": [0, 0, 0],
            "tree_param": {"num_nodes": "3", "size_leaf_vector": "1"}}]}},
        "learner_model_param":
          {"base_score": "[5E-1]", "num_class": "0", "num_feature": "2", "num_target": "1"},
        "objective": {"name": "reg:squarederror"}},
       "version": [3, 2, 0]}
      """;

  @Test
  void readsTheSoundBoosterThatTheOthersAreMadeOf() {
    Model model = ModelReader.read(booster(SOUND), "").model();

    var scores =
        model.score(new Rows(new double[] {0.25, 0, 0.75, 0, Double.NaN, 0}, 3, 2), false, true);

    assertThat(scores.values()).containsExactly(1.5, 2.5, 1.5);
    assertThat(scores.decisions()).containsExactly(1.5, 2.5, 1.5);
    assertThat(model.signature().libraryVersion()).contains("3.2.0");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsound")
  void refuses(String what, Reason reason, String says, byte[] file) {
    long start = System.nanoTime();

    var refusal =
        catchThrowableOfType(ModelRefusedException.class, () -> ModelReader.read(file, ""));

    assertThat(refusal).as(what).hasMessageContaining(says);
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MAX_DURATION);
  }

  static Stream<Arguments> unsound() {
    return Stream.of(
        with("a cycle", Reason.MODEL_INVALID, "another parent", "[2, -1, -1]", "[0, -1, -1]"),
        with("a child twice", Reason.MODEL_INVALID, "another parent", "[2, -1, -1]", "[1, -1, -1]"),
        with("no such child", Reason.MODEL_INVALID, "child 3", "[2, -1, -1]", "[3, -1, -1]"),
        with("one child", Reason.MODEL_INVALID, "child -1", "[2, -1, -1]", "[-1, -1, -1]"),
        with("a leaf of NaN", Reason.MODEL_INVALID, "leaf of NaN", "1.0, 2.0]", "NaN, 2.0]"),
        with("an endless leaf", Reason.MODEL_INVALID, "Infinity", "1.0, 2.0]", "1e99, 2.0]"),
        with("a threshold of NaN", Reason.MODEL_INVALID, "no number", "[0.5, 1.0", "[NaN, 1.0"),
        with(
            "no such feature",
            Reason.MODEL_INVALID,
            "feature 2 of 2",
            "\"split_indices\": [0",
            "\"split_indices\": [2"),
        with("a short array", Reason.MODEL_INVALID, "different lengths", "[1, 0, 0]", "[1, 0]"),
        with("no trees", Reason.STATE_INVALID, "trees", "\"trees\"", "\"shrubs\""),
        with("an empty tree", Reason.MODEL_INVALID, "different lengths", "[1, -1, -1]", "[]"),
        with(
            "no such output",
            Reason.MODEL_INVALID,
            "output 1 of 1",
            "\"tree_info\": [0]",
            "\"tree_info\": [1]"),
        with(
            "too few outputs",
            Reason.MODEL_INVALID,
            "where they add",
            "\"tree_info\": [0]",
            "\"tree_info\": []"),
        with("iterations too many", Reason.MODEL_INVALID, "iteration_indptr", "[0, 1]", "[0, 2]"),
        with("a base of NaN", Reason.MODEL_INVALID, "base_score", "[5E-1]", "[NaN]"),
        with("an endless base", Reason.MODEL_INVALID, "base_score", "[5E-1]", "[5E99]"),
        with("too many bases", Reason.MODEL_INVALID, "base scores", "[5E-1]", "[5E-1,1,2]"),
        with(
            "features without end",
            Reason.MODEL_INVALID,
            "999999999 features",
            "\"2\"",
            "\"999999999\""),
        with(
            "classes without end",
            Reason.MODEL_INVALID,
            "999999999 outputs",
            "\"num_class\": \"0\"",
            "\"num_class\": \"999999999\""),
        with("another objective", Reason.UNSUPPORTED, "'reg:mine'", "reg:squarederror", "reg:mine"),
        with("another booster", Reason.UNSUPPORTED, "'gbbush'", "\"gbtree\", ", "\"gbbush\", "),
        with(
            "leaves of vectors",
            Reason.STATE_INVALID,
            "base_weights",
            "\"size_leaf_vector\": \"1\"",
            "\"size_leaf_vector\": \"2\""),
        with(
            "split types",
            Reason.MODEL_INVALID,
            "split_type",
            "\"split_type\": [0",
            "\"split_type\": [1"),
        with(
            "categories elsewhere",
            Reason.MODEL_INVALID,
            "categories outside",
            "\"categories\": [], \"categories_nodes\": [], \"categories_segments\": [],\n      \"categories_sizes\": []",
            "\"categories\": [], \"categories_nodes\": [0], \"categories_segments\": [0],\n      \"categories_sizes\": [9]"),
        with("no JSON", Reason.MALFORMED, "not well-formed", "\"tree_info\"", "tree_info"),
        with("depth", Reason.BUDGET_EXCEEDED, "nests", "{}", "[".repeat(200) + "]".repeat(200)),
        with(
            "many arrays",
            Reason.BUDGET_EXCEEDED,
            "more objects",
            "\"feature_types\": []",
            "\"feature_types\": [" + "[],".repeat(5000) + "[]]"),
        ubjson("an array without end", Reason.LENGTH_EXCEEDED, "declares", "[$d#L", Long.MAX_VALUE),
        ubjson("an array of 2^61", Reason.LENGTH_EXCEEDED, "declares", "[$L#L", 1L << 61),
        ubjson("a negative array", Reason.LENGTH_EXCEEDED, "declares", "[$l#L", -1),
        ubjson("a list without end", Reason.LENGTH_EXCEEDED, "declares", "[#L", Integer.MAX_VALUE),
        ubjson("a text without end", Reason.LENGTH_EXCEEDED, "declares", "SL", 1L << 40),
        ubjson("an unknown array", Reason.MALFORMED, "unknown type", "[$X#L", 1),
        ubjson("depth in UBJSON", Reason.BUDGET_EXCEEDED, "nests", "[".repeat(5000), 1),
        Arguments.of(
            "a binary form cut off", Reason.MALFORMED, "ends too early", file(new byte[100])),
        Arguments.of(
            "a configuration without end",
            Reason.LENGTH_EXCEEDED,
            "does not have",
            file(
                "CONFIG-offset:\377\377\377\377\377\377\377\177x"
                    .getBytes(StandardCharsets.ISO_8859_1))),
        Arguments.of(
            "no handle",
            Reason.STATE_INVALID,
            "call fit",
            EstimatorPickle.of("xgboost.core", "Booster").with("booster", "gbtree").bytes()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v3.2-classifier.pkl",
        "v1.7-classifier.pkl",
        "v1.1-classifier.pkl",
        "v0.90-forest-early.pkl"
      })
  void refusesTheFileCutOffAtEveryByte(String name) throws IOException {
    byte[] file = Files.readAllBytes(CASES.resolve(name));
    Duration longest = Duration.ZERO;

    for (int length = 0; length < file.length; length++) {
      long start = System.nanoTime();
      assertThat(isServed(Arrays.copyOf(file, length))).as("%d bytes", length).isFalse();
      longest = longer(longest, start);
    }

    assertThat(longest).isLessThan(MAX_DURATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v3.2-classifier.pkl",
        "v1.7-classifier.pkl",
        "v1.1-classifier.pkl",
        "v0.90-forest-early.pkl"
      })
  void refusesOrServesTheFileWithOneBitFlipped(String name) throws IOException {
    byte[] file = Files.readAllBytes(CASES.resolve(name));
    Random random = new Random(20260101);
    Duration longest = Duration.ZERO;
    int served = 0;

    for (int i = 0; i < FLIPS; i++) {
      byte[] flipped = file.clone();
      int bit = random.nextInt(8 * file.length);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      long start = System.nanoTime();
      served += isServed(flipped) ? 1 : 0;
      longest = longer(longest, start);
    }

    // Both happen: structure is refused, other thresholds are another sound model.
    assertThat(served).isBetween(1, FLIPS - 1);
    assertThat(longest).isLessThan(MAX_DURATION);
  }

  private static Duration longer(Duration longest, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return took.compareTo(longest) > 0 ? took : longest;
  }

  /** Anything but a model or a refusal ends the test. */
  private static boolean isServed(byte[] file) {
    try {
      ModelReader.read(file, "");
      return true;
    } catch (ModelRefusedException refusal) {
      assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n");
      return false;
    }
  }

  private static Arguments with(String what, Reason reason, String says, String from, String to) {
    String changed = SOUND.replace(from, to);
    assertThat(changed).as(what).isNotEqualTo(SOUND);
    return Arguments.of(what, reason, says, booster(changed));
  }

  /** A UBJSON whose first value starts so and has that length. */
  private static Arguments ubjson(
      String what, Reason reason, String says, String start, long length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("{i\5Model".getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(start.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    out.writeBytes(new byte[16]);
    return Arguments.of(what, reason, says, file(out.toByteArray()));
  }

  private static byte[] booster(String json) {
    return file(json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] file(byte[] handle) {
    return EstimatorPickle.of("xgboost.core", "Booster").with("handle", handle).bytes();
  }
}
