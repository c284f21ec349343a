package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    return described(
        attributes.has("feature_names_in_") ? FeatureNames.read(attributes, first.count()) : first,
        models);
  }

  /** The features with what the models say of the same columns. */
  public static Features described(Features features, List<Model> models) {
    Features described = features;
    Set<Integer> documents = new HashSet<>();
    Set<Integer> dropped = new HashSet<>();
    for (int column = 0; column < features.count(); column++) {
      int place = column;
      if (models.stream().allMatch(model -> model.signature().features().isDropped(place))) {
        dropped.add(column);
      }
    }
    for (Model model : models) {
      Features own = model.signature().features();
      described = described.withTextsOf(own, column -> column);
      for (int column = 0; column < features.count(); column++) {
        if (own.takesDocument(column)) {
          documents.add(column);
        }
      }
    }
    return described.withDocuments(documents).withDropped(dropped);
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
    return rows.part(from, to);
  }
}
