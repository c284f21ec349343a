package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.explain.TreeExplainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.trees.QuickScorer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code lightgbm.basic.Booster}: what all estimators predict with. Its trees up to the best
 * iteration are used, where training stopped early.
 */
final class Booster {

  /** The library's name as its users write it. */
  static final String LIBRARY = "LightGBM";

  /** Takes a row's raw score and prediction, each of {@link #width()} numbers. */
  @FunctionalInterface
  interface Output {
    void accept(int row, double[] raw, double[] predicted, int at);
  }

  private final Ensemble ensemble;
  private final Objective objective;
  private final Features features;
  private final PandasCategories categories;

  private Booster(
      Ensemble ensemble, Objective objective, Features features, PandasCategories categories) {
    this.ensemble = ensemble;
    this.objective = objective;
    this.features = features;
    this.categories = categories;
  }

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if its text is no model
   */
  static Booster read(Attributes attributes) {
    String handle = attributes.has("_handle") ? "_handle" : "handle";
    String text =
        attributes
            .text(handle)
            .orElseThrow(
                () ->
                    attributes.invalid(
                        Reason.STATE_INVALID,
                        "there is no model's text in it; only a trained Booster can be served"));
    try {
      return of(
          attributes, BoosterText.read(text, attributes.integer("best_iteration").orElse(0L)));
    } catch (UnreadableTextException wrong) {
      throw attributes.invalid(wrong.reason(), wrong.getMessage());
    }
  }

  private static Booster of(Attributes attributes, BoosterText text) {
    int width = text.ensemble().features();
    List<String> names = text.names();
    Features features =
        names.isEmpty()
            ? Features.unnamed(width)
            : attributes
                .orInvalid("feature_names", () -> Features.named(names))
                .withUnderscoresForSpaces()
                .withSplits(text.ensemble()::splits);
    Optional<PandasCategories> categories = PandasCategories.read(attributes, text.infos());
    Set<Integer> texts = categories.map(PandasCategories::textColumns).orElse(Set.of());
    return new Booster(
        text.ensemble(),
        text.objective(),
        texts.isEmpty() ? features : features.withTexts(texts),
        categories.orElse(null));
  }

  /** The operations for a row. */
  long operations() {
    return ensemble.operations();
  }

  Features features() {
    return features;
  }

  /** The numbers of a raw score and of a prediction. */
  int width() {
    return ensemble.width();
  }

  /** Explains the sums, or their average where that is what is predicted. */
  Explanations explanations(String estimator) {
    if (ensemble.isLinear()) {
      return Explanations.none("%s whose leaves are linear models".formatted(estimator));
    }
    double factor = ensemble.isAverage() ? 1.0 / ensemble.iterations() : 1;
    return ensemble
        .covers()
        .<Explanations>map(
            covers ->
                TreeExplainer.of(
                    objective.space(width()),
                    new CoveredEnsemble(ensemble, covers),
                    new double[width()],
                    factor,
                    features.count(),
                    this::load))
        .orElseGet(() -> TreeExplainer.withoutCovers(estimator));
  }

  private void load(Rows rows, int from, int count, double[] into) {
    if (categories == null) {
      System.arraycopy(rows.values(), from * rows.width(), into, 0, count * rows.width());
    } else {
      categories.encode(rows, from, from + count, into);
    }
  }

  void predict(Rows rows, int from, int to, Output output) {
    int width = width();
    int block = Math.min(QuickScorer.ROWS, to - from);
    QuickScorer.Block scorer = ensemble.block(block);
    double[] raw = new double[block * width];
    double[] predicted = new double[block * width];
    double[] encoded = categories == null ? null : new double[block * rows.width()];
    for (int start = from; start < to; start += block) {
      int count = Math.min(block, to - start);
      Arrays.fill(raw, 0);
      if (encoded == null) {
        ensemble.sum(rows.values(), start * rows.width(), count, raw, scorer);
      } else {
        categories.encode(rows, start, start + count, encoded);
        ensemble.sum(encoded, 0, count, raw, scorer);
      }
      System.arraycopy(raw, 0, predicted, 0, count * width);
      for (int i = 0; i < count; i++) {
        convert(predicted, i * width);
        output.accept(start + i, raw, predicted, i * width);
      }
    }
  }

  /** {@code GBDT::Predict}: an average before the objective's link, but not in the raw score. */
  private void convert(double[] predicted, int at) {
    if (ensemble.isAverage()) {
      for (int k = at; k < at + width(); k++) {
        predicted[k] /= ensemble.iterations();
      }
    }
    objective.apply(predicted, at, width());
  }
}
