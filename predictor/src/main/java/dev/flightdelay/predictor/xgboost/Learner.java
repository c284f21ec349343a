package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.explain.TreeExplainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.trees.QuickScorer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A booster and its objective, ready to score: rows in, margins and predictions out. */
final class Learner {

  private static final int MAX_FEATURES = 1_000_000;
  private static final int MAX_GROUPS = 100_000;
  private static final int ROWS_AT_ONCE = QuickScorer.ROWS;
  private static final int NUMBERS_AT_ONCE = 1 << 17;

  /** Takes what a block of rows gives. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a row's margins, in the order of the rows.
     *
     * @param row its index in the rows that are scored
     * @param margins of a block of rows, (rows, groups); what is behind the row's is of others, and
     *     all of it is written over when this returns
     * @param from where the row's first of {@code groups} margins stands, counted in floats
     */
    void row(int row, float[] margins, int from);
  }

  private final Objective objective;
  private final float[] bases;
  private final float missing;
  private final Features features;
  // Null where no column has any.
  private final FrameCategories categories;
  private final int groups;
  private final Margins margins;

  private Learner(
      Objective objective,
      float[] bases,
      float missing,
      Features features,
      FrameCategories categories,
      int groups,
      Margins margins) {
    this.objective = objective;
    this.bases = bases;
    this.missing = missing;
    this.features = features;
    this.categories = categories;
    this.groups = groups;
    this.margins = margins;
  }

  /**
   * @param names the features' names; empty for none
   * @param iterations how many boosting iterations predict; empty for all
   * @param trees how many trees predict where iterations are not told; empty for all
   * @param missing a value that means missing, beside NaN
   * @param inPlace whether predictions are computed as by scikit-learn's interface
   * @throws ModelRefusedException if the parts make no model
   */
  static Learner of(
      LearnerState state,
      List<String> names,
      Optional<Long> iterations,
      Optional<Long> trees,
      float missing,
      boolean inPlace) {
    int count = state.features();
    int groups = state.groups();
    if (count < 1 || count > MAX_FEATURES || groups > MAX_GROUPS) {
      throw invalid("has %d features and %d outputs".formatted(count, groups));
    }
    if (!names.isEmpty() && names.size() != count) {
      throw invalid("has %d names for %d features".formatted(names.size(), count));
    }
    float[] bases = bases(state);
    Margins margins =
        switch (state.gradient()) {
          // It predicts with all of it, whenever training stopped.
          case LearnerState.Linear linear -> new LinearBooster(linear.weights(), count, groups);
          case LearnerState.Trees all -> {
            int used = used(all, groups, iterations, trees);
            if (all.groups().length != all.trees().size()) {
              throw invalid(
                  "has %d trees and says of %d where they add"
                      .formatted(all.trees().size(), all.groups().length));
            }
            if (all.weights() != null && all.weights().length != all.trees().size()) {
              throw invalid(
                  "has %d trees and %d weights"
                      .formatted(all.trees().size(), all.weights().length));
            }
            yield new TreeEnsemble(
                all.trees().subList(0, used),
                all.groups(),
                all.weights(),
                all.weights() != null && inPlace ? bases : null,
                count,
                groups);
          }
        };
    Features features =
        names.isEmpty()
            ? Features.unnamed(count)
            : Features.named(names).withSplits(margins::splits);
    FrameCategories categories = state.categories();
    Features described =
        features.withCodes(
            state.codes().stream()
                .filter(column -> categories == null || !categories.has(column))
                .collect(Collectors.toSet()));
    return new Learner(
        state.objective(),
        bases,
        missing,
        categories == null ? described : categories.describe(described),
        categories,
        groups,
        margins);
  }

  /** The operations for a row. */
  long operations() {
    return margins.operations();
  }

  private static int used(
      LearnerState.Trees all, int groups, Optional<Long> iterations, Optional<Long> trees) {
    int[] ends = all.iterationEnds();
    if (ends != null && iterations.isPresent()) {
      long wanted = iterations.get();
      if (wanted < 1 || wanted > ends.length) {
        throw invalid("has its best iteration at %d of %d".formatted(wanted - 1, ends.length));
      }
      return ends[(int) wanted - 1];
    }
    // ntree_limit counts the trees of one output, and 0 or too many of them mean all.
    long wanted = trees.orElse(0L);
    return wanted <= 0 || wanted > all.trees().size() / groups
        ? all.trees().size()
        : (int) wanted * groups;
  }

  private static float[] bases(LearnerState state) {
    float[] scores = state.baseScores();
    if (scores.length != 1 && scores.length != state.groups()) {
      throw invalid("has %d base scores for %d outputs".formatted(scores.length, state.groups()));
    }
    float[] bases = new float[state.groups()];
    for (int group = 0; group < bases.length; group++) {
      // gblinear starts all of its outputs from the first, also where there are several.
      boolean first = scores.length == 1 || state.gradient() instanceof LearnerState.Linear;
      float score = scores[first ? 0 : group];
      bases[group] = state.baseIsMargin() ? score : base(state).margin(score);
      if (!Float.isFinite(bases[group])) {
        throw invalid("has a base_score whose margin is %s".formatted(bases[group]));
      }
    }
    return bases;
  }

  /** Until 1.2 logitraw's base score was a probability. */
  private static Objective base(LearnerState state) {
    return state.objective() == Objective.LOGIT_RAW && state.isBefore13()
        ? Objective.BINARY_LOGISTIC
        : state.objective();
  }

  Objective objective() {
    return objective;
  }

  Features features() {
    return features;
  }

  /** Margins of a row. */
  int groups() {
    return groups;
  }

  /** Predictions of a row. */
  int outputs() {
    return objective.outputs(groups);
  }

  /** Explains the margins, which the objective makes predictions of. */
  Explanations explanations(String estimator) {
    if (!(margins instanceof TreeEnsemble trees)) {
      return Explanations.none("%s of the booster gblinear".formatted(estimator));
    }
    if (trees.hasVectors()) {
      return Explanations.none("%s whose leaves are vectors".formatted(estimator));
    }
    double[] start = new double[groups];
    for (int group = 0; group < groups; group++) {
      start[group] = bases[group];
    }
    return trees
        .covers()
        .<Explanations>map(
            covers ->
                TreeExplainer.of(
                    objective.space(),
                    new CoveredEnsemble(trees, covers),
                    start,
                    1,
                    features.count(),
                    this::load))
        .orElseGet(() -> TreeExplainer.withoutCovers(estimator));
  }

  private void load(Rows rows, int from, int count, double[] into) {
    float[] block = new float[count * features.count()];
    if (rows.stored() == null) {
      load(rows, from, count, block);
    } else {
      load(rows.stored(), from, count, block);
    }
    for (int i = 0; i < block.length; i++) {
      into[i] = block[i];
    }
  }

  /** Writes some rows in float32, with NaN for whatever is missing; whether there is any. */
  @FunctionalInterface
  private interface Loader {
    boolean load(int start, int count, float[] block);
  }

  /** Makes the margins of the rows, block by block. */
  void score(Rows rows, int from, int to, Sink sink) {
    if (rows.stored() == null) {
      score((start, count, block) -> load(rows, start, count, block), from, to, sink);
    } else {
      score(rows.stored(), from, to, sink);
    }
  }

  /**
   * Makes the margins of rows of a sparse matrix, in which a cell that is not stored is missing.
   */
  void score(SparseRows rows, int from, int to, Sink sink) {
    score((start, count, block) -> load(rows, start, count, block), from, to, sink);
  }

  private void score(Loader loader, int from, int to, Sink sink) {
    int width = features.count();
    int atOnce =
        Math.max(
            1,
            Math.min(Math.min(ROWS_AT_ONCE, to - from), NUMBERS_AT_ONCE / Math.max(width, groups)));
    float[] block = new float[atOnce * width];
    float[] sums = new float[atOnce * groups];
    Margins.Adder adder = margins.adder(atOnce);
    for (int start = from; start < to; start += atOnce) {
      int count = Math.min(atOnce, to - start);
      boolean hasMissing = loader.load(start, count, block);
      for (int i = 0; i < count; i++) {
        System.arraycopy(bases, 0, sums, i * groups, groups);
      }
      adder.add(block, count, hasMissing, sums);
      for (int i = 0; i < count; i++) {
        sink.row(start + i, sums, i * groups);
      }
    }
  }

  private boolean load(SparseRows rows, int start, int count, float[] block) {
    int width = features.count();
    Arrays.fill(block, 0, count * width, Float.NaN);
    for (int row = 0; row < count; row++) {
      int end = rows.starts()[start + row + 1];
      for (int i = rows.starts()[start + row]; i < end; i++) {
        float value = (float) rows.values()[i];
        if (value != missing) {
          block[row * width + rows.columns()[i]] = value;
        }
      }
    }
    return true;
  }

  private boolean load(Rows rows, int start, int count, float[] block) {
    int width = features.count();
    boolean hasMissing = false;
    double[] values = categories == null ? rows.values() : categories.encoded(rows, start, count);
    int at = categories == null ? start * width : 0;
    for (int i = 0; i < count * width; i++) {
      float value = (float) values[at + i];
      if (value == missing) {
        value = Float.NaN;
      }
      hasMissing |= value != value;
      block[i] = value;
    }
    return hasMissing;
  }

  private static ModelRefusedException invalid(String what) {
    return new ModelRefusedException(
        Reason.MODEL_INVALID, "the booster %s; save the model again".formatted(what));
  }
}
