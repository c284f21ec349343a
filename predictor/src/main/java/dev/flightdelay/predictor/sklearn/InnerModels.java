package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The models that an estimator of estimators is made of, and their scores. */
public final class InnerModels {

  private InnerModels() {}

  /**
   * The models in a list.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if there is none, or if one is
   *     not read
   */
  public static List<Model> read(Attributes attributes, String name) {
    List<Model> models = new ArrayList<>();
    for (Object item : attributes.list(name)) {
      models.add(attributes.model(item, name));
    }
    if (models.isEmpty()) {
      throw attributes.invalid(Reason.MODEL_INVALID, name + " is empty");
    }
    return List.copyOf(models);
  }

  /**
   * The features that all of them take.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if they take different ones
   */
  public static Features features(Attributes attributes, List<Model> models) {
    Features first = models.getFirst().signature().features();
    for (Model model : models) {
      int count = model.signature().features().count();
      if (count != first.count()) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "one of its estimators takes %d features, another %d".formatted(first.count(), count));
      }
    }
    return attributes.has("feature_names_in_")
        ? FeatureNames.read(attributes, first.count())
        : first;
  }

  /** Whether all of them take missing values. */
  public static boolean acceptMissing(List<Model> models) {
    return models.stream().allMatch(model -> model.signature().acceptsMissing());
  }

  /** The scores of rows {@code from} to {@code to}, in new arrays that begin with row from. */
  public static Scores score(
      Model model, Rows rows, int from, int to, boolean probabilities, boolean decisions) {
    return model.score(part(rows, from, to), probabilities, decisions);
  }

  /** The rows {@code from} to {@code to} as rows of their own. */
  public static Rows part(Rows rows, int from, int to) {
    if (from == 0 && to == rows.count()) {
      return rows;
    }
    int width = rows.width();
    return new Rows(
        Arrays.copyOfRange(rows.values(), from * width, to * width),
        rows.texts() == null ? null : Arrays.copyOfRange(rows.texts(), from * width, to * width),
        to - from,
        width);
  }
}
