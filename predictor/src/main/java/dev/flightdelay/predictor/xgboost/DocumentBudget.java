package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.Set;

/** How many objects and arrays a booster's state may have, and how deep: enough for any tree. */
final class DocumentBudget {

  /** Of each tree: what training kept and scoring does not need. */
  static final Set<String> SKIPPED = Set.of("base_weights", "loss_changes", "parents");

  /** The same, where the weights of nodes are needed. */
  static final Set<String> SKIPPED_BUT_WEIGHTS = Set.of("loss_changes", "parents");

  static final int MAX_DEPTH = 32;

  // A tree of one leaf has about twenty arrays and 700 bytes, so 16 bytes for each is generous.
  private static final int BYTES_PER_CONTAINER = 16;

  private long left;

  DocumentBudget(int bytes) {
    left = 1000L + bytes / BYTES_PER_CONTAINER;
  }

  /** Counts an object or array at that depth. */
  void container(int depth) {
    if (--left < 0 || depth > MAX_DEPTH) {
      throw new ModelRefusedException(
          Reason.BUDGET_EXCEEDED,
          "the booster's state has more objects and arrays than a model of its size, or nests them"
              + " deeper than %d".formatted(MAX_DEPTH));
    }
  }
}
