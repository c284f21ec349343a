package dev.flightdelay.predictor.pickle;

import static dev.flightdelay.predictor.pickle.Assembler.global;
import static dev.flightdelay.predictor.pickle.Assembler.pickle;
import static dev.flightdelay.predictor.pickle.Assembler.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.reader.Estimators;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** builtins.getattr, which a search's pickle names: nothing is ever got by it. */
class ForgottenCallTest {

  private static final byte[] GETATTR = global("builtins", "getattr");
  private static final byte[] RANDINT = global("scipy.stats._discrete_distns", "randint_gen");
  private static final byte[] METHOD = text("_entropy");

  @Test
  void givesNoneForTheMethodOfADistributionThatKeepsIt() {
    // An instance whose state {"vecentropy": getattr(instance, "_entropy")} refers to itself.
    byte[] file =
        pickle(
            RANDINT,
            ")",
            0x81,
            0x94,
            "}",
            text("vecentropy"),
            GETATTR,
            "h",
            0,
            METHOD,
            0x86,
            "R",
            "sb");

    Object root = read(file);

    assertThat(root).isInstanceOf(PickleObject.class);
    assertThat((Map<?, ?>) ((PickleObject) root).state())
        .satisfies(state -> assertThat(state.get("vecentropy")).isNull());
  }

  @ParameterizedTest
  @MethodSource("otherCalls")
  void refusesAnyOtherCall(byte[] file) {
    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> read(file))
        .satisfies(
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.CALL_NOT_ALLOWED),
            refusal -> assertThat(refusal).hasMessageContaining("not executed"));
  }

  static List<byte[]> otherCalls() {
    byte[] ridge = global("sklearn.linear_model._ridge", "Ridge");
    return List.of(
        pickle(GETATTR, RANDINT, ")", 0x81, text("rvs"), 0x86, "R"),
        pickle(GETATTR, RANDINT, ")", 0x81, text("__class__"), 0x86, "R"),
        pickle(GETATTR, RANDINT, METHOD, 0x86, "R"),
        pickle(GETATTR, ridge, ")", 0x81, METHOD, 0x86, "R"),
        pickle(GETATTR, GETATTR, METHOD, 0x86, "R"),
        pickle(GETATTR, text("text"), METHOD, 0x86, "R"),
        pickle(GETATTR, RANDINT, ")", 0x81, METHOD, "N", 0x87, "R"),
        pickle(GETATTR, RANDINT, ")", 0x81, 0x85, "R"),
        pickle(GETATTR, ")R"),
        pickle(GETATTR, RANDINT, ")", 0x81, METHOD, 0x86, 0x81),
        pickle(GETATTR, "}b"));
  }

  @Test
  void givesNothingThatCanBeCalled() {
    byte[] file = pickle(GETATTR, RANDINT, ")", 0x81, METHOD, 0x86, "R)R");

    assertThatExceptionOfType(ModelRefusedException.class).isThrownBy(() -> read(file));
  }

  @Test
  void refusesOtherDistributionsAndSaysWhatToSave() {
    byte[] file = pickle((Object) global("scipy.stats._continuous_distns", "levy_stable_gen"));

    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> read(file))
        .withMessageContaining("best_estimator_");
  }

  @Test
  void makesANamedTupleOfAsManyItemsAsItHas() {
    byte[] triplet = global("sklearn.impute._iterative", "_ImputerTriplet");

    PickleObject made = (PickleObject) read(pickle(triplet, "K", 1, "K", 2, "N", 0x87, 0x81));

    assertThat((Object[]) made.state()).containsExactly(1L, 2L, null);
    for (byte[] file :
        List.of(
            pickle(triplet, "K", 1, "K", 2, 0x86, 0x81),
            pickle(triplet, "K", 1, "K", 2, "N", 0x87, "R"),
            pickle(triplet, "K", 1, "K", 2, "N", 0x87, 0x81, "}b"))) {
      assertThatExceptionOfType(ModelRefusedException.class).isThrownBy(() -> read(file));
    }
  }

  private static Object read(byte[] file) {
    return new PickleReader(Estimators.allowedGlobals()).read(file).root();
  }
}
