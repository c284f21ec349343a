package dev.flightdelay.predictor.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.reader.EstimatorPickle;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of LightGBM models that are not sound: each is refused, and the reason says why. */
@Tag("small-heap")
class LightGbmRefusalTest {

  private static final Path CASES = Path.of("src", "test", "resources", "parity-lightgbm");
  private static final int FLIPS = 2_000;

  private static final String HEADER =
      """
      tree
      version=v4
      num_class=1
      num_tree_per_iteration=1
      label_index=0
      max_feature_idx=1
      objective=binary sigmoid:1
      feature_names=wind rain
      feature_infos=[0:1] 0:1:33
      """;

  private static final String NUMBERS =
      """
      num_leaves=4
      num_cat=0
      split_feature=0 1 0
      threshold=0.5 1.25e-3 0.75
      decision_type=2 2 2
      left_child=1 -1 -2
      right_child=2 -3 -4
      leaf_value=1 2 4 8
      shrinkage=1
      """;

  private static final String CATEGORIES =
      """
      num_leaves=2
      num_cat=1
      split_feature=1
      threshold=0
      decision_type=1
      left_child=-1
      right_child=-2
      leaf_value=16 32
      cat_boundaries=0 2
      cat_threshold=1 4294967295
      is_linear=1
      leaf_const=16 32
      num_features=1 0
      leaf_features=0
      leaf_coeff=64
      shrinkage=1
      """;

  @Test
  void readsTheSoundModelThatTheOthersAreMadeOf() {
    Model model = read(text(HEADER, NUMBERS, CATEGORIES));

    assertThat(raw(model, 0.25, 0)).isEqualTo(1 + 16 + 16);
    assertThat(raw(model, 0.25, 1)).isEqualTo(4 + 32);
    assertThat(raw(model, 0.625, 33.9)).isEqualTo(2 + 16 + 40);
    assertThat(raw(model, 0.875, Double.NaN)).isEqualTo(8 + 32);
    assertThat(raw(model, Double.NaN, 63)).isEqualTo(4 + 16);
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          left_child=1 -1 -2   | left_child=0 -1 -2     | reached twice
          left_child=1 -1 -2   | left_child=1 0 -2      | reached twice
          left_child=1 -1 -2   | left_child=2 -1 -2     | reached twice
          left_child=1 -1 -2   | left_child=1 -3 -2     | reached twice
          left_child=1 -1 -2   | left_child=-1 1 -2     | reached twice
          right_child=2 -3 -4  | right_child=2 -3 -5    | -5 is not from -4 to 2
          right_child=2 -3 -4  | right_child=3 -3 -4    | 3 is not from -4 to 2
          split_feature=0 1 0  | split_feature=0 2 0    | 2 is not from 0 to 1
          split_feature=0 1 0  | split_feature=0 -1 0   | -1 is not from 0 to 1
          leaf_value=1 2 4 8   | leaf_value=1 2 4 nan   | not a finite number
          leaf_value=1 2 4 8   | leaf_value=1 2 4 -inf  | not a finite number
          leaf_value=1 2 4 8   | leaf_value=1 2 4 1e999 | not a finite number
          leaf_value=1 2 4 8   | leaf_value=1 2 4 0x1p3 | not a finite number
          leaf_value=1 2 4 8   | leaf_value=1 2 4 8d    | not a finite number
          leaf_value=1 2 4 8   | leaf_value=1 2 4       | fewer numbers than the 4
          leaf_value=1 2 4 8   | leaf_value=1 2 444     | fewer numbers than the 4
          leaf_value=1 2 4 8   | leaf_value=1 2 4 8 9   | more numbers than the 4
          threshold=0.5 1.2    | threshold=nan 1.2      | not a finite number
          decision_type=2 2 2  | decision_type=2 2 12   | 12 is not from 0 to 11
          decision_type=2 2 2  | decision_type=2 2 1    | a set of categories that it does not
          num_leaves=4         | num_leaves=268435456   | fewer numbers than the 268435456
          num_leaves=4         | num_leaves=0           | 0 is not from 1
          num_leaves=4         | num_leaves=9999999999  | is not from 1
          num_leaves=4         | num_leaves=4.0         | not an integer
          num_cat=0            | num_cat=9              | no field cat_boundaries
          num_cat=1            | num_cat=2              | fewer numbers than the 3
          num_cat=1            | num_cat=200000000      | more sets of categories than boundaries
          cat_boundaries=0 2   | cat_boundaries=1 2     | not one behind the other
          cat_boundaries=0 2   | cat_boundaries=0 0     | not one behind the other
          cat_boundaries=0 2   | cat_boundaries=0 99    | fewer numbers than the 99
          4294967295           | 4294967296             | 4294967296 is not from 0
          leaf_features=0      | leaf_features=2        | 2 is not from 0 to 1
          leaf_coeff=64        | leaf_coeff=            | fewer numbers than the 1
          num_features=1 0     | num_features=2 2       | fewer numbers than the 4
          num_class=1          | num_class=0            | 0 is not from 1
          num_tree_per_iteration=1 | num_tree_per_iteration=3 | 2 trees, 3 in each iteration
          max_feature_idx=1    | max_feature_idx=2      | it has 3 features, and 2
          max_feature_idx=1    | max_feature_idx=2147483646 | features, and 2
          feature_names=wind rain | feature_names=wind wind | occurs twice
          sigmoid:1            | sigmoid:0              | not above 0
          sigmoid:1            | sigma:1                | no sigmoid
          binary sigmoid:1     | multiclass num_class:3 | not for the 1 trees
          num_leaves=2         | num_leaves=2;num_leaves=2 | num_leaves twice
          """)
  void refusesTheModelWith(String sound, String unsound, String says) {
    String text =
        text(
            HEADER.replace(sound, unsound),
            NUMBERS.replace(sound, unsound),
            CATEGORIES.replace(sound, unsound));

    var refusal = catchThrowableOfType(ModelRefusedException.class, () -> read(text));

    assertThat(refusal).hasMessageContaining(says);
    assertThat(refusal.reason()).isIn(Reason.MODEL_INVALID, Reason.STATE_INVALID);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version=v4       | version=v1          | version v2, v3 or v4
          label_index=0    | boost_from_average=1 | the field 'boost_from_average'
          shrinkage=1      | tree_weight=1       | the field 'tree_weight'
          objective=binary | objective=unheard   | none that LightGBM 4.7 has
          """)
  void saysWhatItDoesNotReadIn(String known, String unknown, String says) {
    String text = text(HEADER.replace(known, unknown), NUMBERS.replace(known, unknown), CATEGORIES);

    var refusal = catchThrowableOfType(ModelRefusedException.class, () -> read(text));

    assertThat(refusal).hasMessageContaining(says);
    assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void refusesTreesOfOtherSizesThanTheHeaderSays() {
    String text = text(HEADER, NUMBERS, CATEGORIES).replace("tree_sizes=1", "tree_sizes=2");

    assertThat(catchThrowableOfType(ModelRefusedException.class, () -> read(text)))
        .hasMessageContaining("bytes, and tree_sizes says");
  }

  @Test
  void refusesTheTextCutOffAtEveryByte() {
    String text = text(HEADER, NUMBERS, CATEGORIES);

    for (int length = 0; length < text.length(); length++) {
      String cut = text.substring(0, length);
      assertThat(catchThrowableOfType(ModelRefusedException.class, () -> read(cut)))
          .as("the first %d bytes", length)
          .isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "booster-best-iteration.pkl",
        "classifier-categories.pkl",
        "regressor-linear.pkl",
        "regressor-frame.pkl"
      })
  void refusesOrServesTheFileWithOneBitFlipped(String name) throws IOException {
    byte[] file = Files.readAllBytes(CASES.resolve(name));
    Random random = new Random(1);

    for (int i = 0; i < FLIPS; i++) {
      byte[] damaged = file.clone();
      damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        ModelReader.read(damaged, "");
      } catch (ModelRefusedException refused) {
        assertThat(refused.reason()).isNotNull();
      }
    }
  }

  @Test
  void refusesABoosterWithoutText() {
    byte[] pickle =
        EstimatorPickle.of("lightgbm.basic", "Booster").with("best_iteration", 0).bytes();

    assertThat(
            catchThrowableOfType(ModelRefusedException.class, () -> ModelReader.read(pickle, "")))
        .hasMessageContaining("no model's text");
  }

  @Test
  void readsAsManyIterationsAsPredict() {
    String text = text(HEADER, NUMBERS, CATEGORIES);

    assertThat(raw(read(text, 1), 0.25, 0)).isEqualTo(1);
    assertThat(raw(read(text, 9), 0.25, 0)).isEqualTo(1 + 32);
    assertThat(raw(read(text, -1), 0.25, 0)).isEqualTo(1 + 32);
  }

  private static double raw(Model model, double... row) {
    return model.score(Rows.of(row), true, true).decisions()[0];
  }

  private static Model read(String text) {
    return read(text, 0);
  }

  private static Model read(String text, int bestIteration) {
    byte[] pickle =
        EstimatorPickle.of("lightgbm.basic", "Booster")
            .with("_handle", text)
            .with("best_iteration", bestIteration)
            .bytes();
    return ModelReader.read(pickle, "").model();
  }

  /** A model's text with the sizes of its trees. */
  private static String text(String header, String... trees) {
    StringBuilder sizes = new StringBuilder();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < trees.length; i++) {
      String tree = "Tree=" + i + "\n" + trees[i].replace(";", "\n") + "\n\n";
      sizes.append(i == 0 ? "" : " ").append(tree.length());
      all.append(tree);
    }
    return List.of(header, "tree_sizes=", sizes, "\n\n", all, "end of trees\n").stream()
        .map(CharSequence::toString)
        .reduce("", String::concat);
  }
}
