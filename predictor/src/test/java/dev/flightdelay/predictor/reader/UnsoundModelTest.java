package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.reader.EstimatorPickle.Array;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sound pickles of estimators and arrays that are not: each is refused, and the reason says why.
 */
@Tag("small-heap")
class UnsoundModelTest {

  @Test
  void readsTheSoundModelThatTheOthersAreMadeOf() {
    var model = ModelReader.read(EstimatorPickle.logisticRegression().bytes(), "").model();

    assertThat(model.signature().features().count()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsound")
  void refuses(String what, Reason reason, String says, EstimatorPickle pickle) {
    byte[] file = pickle.bytes();

    var refusal =
        catchThrowableOfType(ModelRefusedException.class, () -> ModelReader.read(file, ""));

    assertThat(refusal).hasMessageContaining(says);
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  static Stream<Arguments> unsound() {
    long[] two = {1, 2};
    return Stream.of(
        with(
            "a weight that is NaN",
            Reason.MODEL_INVALID,
            "coef_ holds NaN",
            "coef_",
            Array.of(two, 1, Double.NaN)),
        with(
            "a weight that is infinite",
            Reason.MODEL_INVALID,
            "Infinity",
            "coef_",
            Array.of(two, Double.POSITIVE_INFINITY, 1)),
        with(
            "an intercept that is NaN",
            Reason.MODEL_INVALID,
            "intercept_",
            "intercept_",
            Double.NaN),
        with("one class", Reason.MODEL_INVALID, "1 class", "classes_", Array.of(1)),
        with("a class twice", Reason.MODEL_INVALID, "twice", "classes_", Array.of(1, 1)),
        with(
            "rows for other classes",
            Reason.MODEL_INVALID,
            "coef_ has 1 rows",
            "classes_",
            Array.of(0, 1, 2)),
        with(
            "intercepts for other rows",
            Reason.MODEL_INVALID,
            "intercept_ has 2",
            "intercept_",
            Array.of(new long[] {2}, 1, 2)),
        with(
            "other n_features_in_",
            Reason.MODEL_INVALID,
            "n_features_in_ is 3",
            "n_features_in_",
            3),
        with(
            "n_features_in_ that is a text",
            Reason.STATE_INVALID,
            "n_features_in_",
            "n_features_in_",
            "two"),
        with(
            "names that are numbers",
            Reason.STATE_INVALID,
            "feature_names_in_",
            "feature_names_in_",
            Array.of(1, 2)),
        with(
            "weights that are a text",
            Reason.STATE_INVALID,
            "coef_ is not an array",
            "coef_",
            "none"),
        with("an unknown multi_class", Reason.MODEL_INVALID, "multi_class", "multi_class", "x"),
        without("no weights", "coef_"),
        without("no intercept", "intercept_"),
        without("no classes", "classes_"),
        with(
            "a shape larger than the bytes",
            Reason.STATE_INVALID,
            "shape [1, 3]",
            "coef_",
            new Array("f8", new long[] {1, 3}, new byte[16])),
        with(
            "a shape smaller than the bytes",
            Reason.STATE_INVALID,
            "shape [1, 1]",
            "coef_",
            new Array("f8", new long[] {1, 1}, new byte[16])),
        with(
            "a negative shape",
            Reason.STATE_INVALID,
            "dimensions are integers",
            "coef_",
            new Array("f8", new long[] {-1, -2}, new byte[16])),
        with(
            "a shape that overflows 32 bits",
            Reason.STATE_INVALID,
            "larger than any file",
            "coef_",
            new Array("f8", new long[] {65536, 65536}, new byte[0])),
        with(
            "a shape that overflows 64 bits",
            Reason.STATE_INVALID,
            "dimensions are integers",
            "coef_",
            new Array("f8", new long[] {1L << 32, 1L << 32}, new byte[16])),
        with(
            "a shape whose product overflows on the way",
            Reason.STATE_INVALID,
            "larger than any file",
            "coef_",
            new Array("f8", new long[] {1 << 30, 1 << 30, 1 << 30, 0}, new byte[0])),
        with(
            "65 dimensions",
            Reason.STATE_INVALID,
            "64 dimensions",
            "coef_",
            new Array("f8", new long[65], new byte[0])),
        with(
            "items of no bytes",
            Reason.STATE_INVALID,
            "dtype U0",
            "classes_",
            new Array("U0", new long[] {1 << 30}, new byte[0])),
        with(
            "no features",
            Reason.MODEL_INVALID,
            "shape [1, 0]",
            "coef_",
            new Array("f8", new long[] {1, 0}, new byte[0])),
        with(
            "three dimensions",
            Reason.MODEL_INVALID,
            "3 dimensions",
            "coef_",
            Array.of(new long[] {1, 1, 2}, 1, 2)),
        with(
            "a structured dtype without columns",
            Reason.STATE_INVALID,
            "dtype 'V16'",
            "coef_",
            new Array("V16", new long[] {1}, new byte[16])),
        with(
            "a datetime dtype",
            Reason.STATE_INVALID,
            "coef_: an array of no numbers",
            "coef_",
            new Array("M8", new long[] {1, 2}, new byte[16])),
        with(
            "an endless dtype",
            Reason.CALL_NOT_ALLOWED,
            "dtype",
            "coef_",
            new Array("f99999999999999999999", new long[] {1, 2}, new byte[16])),
        with(
            "a character that is none",
            Reason.STATE_INVALID,
            "no character",
            "classes_",
            new Array("U1", new long[] {2}, new byte[] {0, 0, 0, 127, 1, 0, 0, 0})),
        with(
            "bytes as objects",
            Reason.STATE_INVALID,
            "comes with a list",
            "classes_",
            new Array("O8", new long[] {2}, new byte[16])));
  }

  private static Arguments with(
      String what, Reason reason, String says, String attribute, Object value) {
    return Arguments.of(
        what, reason, says, EstimatorPickle.logisticRegression().with(attribute, value));
  }

  private static Arguments without(String what, String attribute) {
    return Arguments.of(
        what,
        Reason.STATE_INVALID,
        attribute + " is missing",
        EstimatorPickle.logisticRegression().without(attribute));
  }
}
