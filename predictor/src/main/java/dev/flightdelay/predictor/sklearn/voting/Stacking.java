package dev.flightdelay.predictor.sklearn.voting;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.EncodedLabels;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;
import dev.flightdelay.predictor.sklearn.SideBySide;
import java.util.ArrayList;
import java.util.List;

/**
 * StackingClassifier and StackingRegressor: an estimator whose features are what others answered
 * ({@code _concatenate_predictions} in scikit-learn's {@code ensemble/_stacking.py}).
 */
final class Stacking implements Model {

  /** What of a model's answer becomes features. */
  private enum Answer {
    PROBABILITIES,
    /** With two classes only the second one's. */
    SECOND_PROBABILITY,
    DECISIONS,
    PREDICTIONS
  }

  private final Signature signature;
  private final List<Model> models;
  private final List<Answer> answers;
  private final Model last;
  private final int width;
  private final boolean passesThrough;
  // What class each label of the last estimator is; null where it is a regressor.
  private final int[] classes;

  private Stacking(
      Signature signature,
      List<Model> models,
      List<Answer> answers,
      Model last,
      int width,
      boolean passesThrough,
      int[] classes) {
    this.signature = signature;
    this.models = models;
    this.answers = answers;
    this.last = last;
    this.width = width;
    this.passesThrough = passesThrough;
    this.classes = classes;
  }

  static Model classifier(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    return read(attributes, labels);
  }

  static Model regressor(Attributes attributes) {
    return read(attributes, null);
  }

  private static Model read(Attributes attributes, Labels labels) {
    List<Model> models = InnerModels.read(attributes, "estimators_");
    List<Object> methods = attributes.list("stack_method_");
    if (methods.size() != models.size()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "stack_method_ has %d items for %d estimators".formatted(methods.size(), models.size()));
    }
    Model last = attributes.model("final_estimator_");
    boolean passesThrough =
        attributes.value("passthrough").orElse(false) instanceof Boolean flag && flag;
    List<Answer> answers = new ArrayList<>();
    int width = 0;
    for (int m = 0; m < models.size(); m++) {
      Answer answer = answer(attributes, models.get(m), methods.get(m), labels);
      answers.add(answer);
      width += width(models.get(m), answer);
    }
    int features = InnerModels.features(attributes, models).count();
    width += passesThrough ? features : 0;
    Signature inner = last.signature();
    if (inner.features().count() != width) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "final_estimator_ takes %d features, and it is given %d"
              .formatted(inner.features().count(), width));
    }
    if (inner.outputs() != 1 || inner.labels().isPresent() != (labels != null)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "final_estimator_ is not of the same kind with one output");
    }
    boolean missing =
        InnerModels.acceptMissing(models) && (!passesThrough || inner.acceptsMissing());
    if (labels == null) {
      return new Stacking(
          FittedSignature.of(attributes, InnerModels.features(attributes, models))
              .acceptsMissing(missing)
              .build(),
          models,
          answers,
          last,
          width,
          passesThrough,
          null);
    }
    int[] classes = EncodedLabels.read(attributes, last, labels.size());
    requireAll(attributes, classes, labels);
    return new Stacking(
        FittedSignature.of(attributes, InnerModels.features(attributes, models))
            .classes(labels)
            .hasProbabilities(inner.hasProbabilities())
            .decisionWidth(inner.decisionWidth())
            .acceptsMissing(missing)
            .build(),
        models,
        answers,
        last,
        width,
        passesThrough,
        classes);
  }

  private static void requireAll(Attributes attributes, int[] classes, Labels labels) {
    boolean same = classes.length == labels.size();
    for (int k = 0; same && k < classes.length; k++) {
      same = classes[k] == k;
    }
    if (!same) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "final_estimator_ does not know all classes in their order");
    }
  }

  private static Answer answer(Attributes attributes, Model model, Object method, Labels labels) {
    Signature inner = model.signature();
    Answer answer =
        switch (method) {
          case String name when name.equals("predict_proba") && inner.hasProbabilities() ->
              labels != null && labels.size() == 2
                  ? Answer.SECOND_PROBABILITY
                  : Answer.PROBABILITIES;
          case String name when name.equals("decision_function") && inner.decisionWidth() > 0 ->
              Answer.DECISIONS;
          case String name when name.equals("predict") -> Answer.PREDICTIONS;
          case null, default ->
              throw attributes.invalid(
                  Reason.MODEL_INVALID,
                  "stack_method_ names nothing that its %s has".formatted(inner.estimator()));
        };
    boolean numbers =
        inner.labels().isEmpty()
            || inner.labels().get().kind() == Labels.Kind.INTEGER
            || inner.labels().get().kind() == Labels.Kind.REAL;
    if (inner.outputs() != 1
        || answer == Answer.PREDICTIONS && !numbers
        || answer == Answer.SECOND_PROBABILITY && inner.probabilityWidth() != 2) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "what its %s answers is not read as features".formatted(inner.estimator()));
    }
    return answer;
  }

  private static int width(Model model, Answer answer) {
    return switch (answer) {
      case PROBABILITIES -> model.signature().probabilityWidth();
      case DECISIONS -> model.signature().decisionWidth();
      case SECOND_PROBABILITY, PREDICTIONS -> 1;
    };
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int count = to - from;
    double[] features = new double[count * width];
    Rows part = InnerModels.part(rows, from, to);
    int column = 0;
    for (int m = 0; m < models.size(); m++) {
      column += answer(models.get(m), answers.get(m), part, features, column);
    }
    if (passesThrough) {
      for (int row = 0; row < count; row++) {
        System.arraycopy(
            part.values(), row * part.width(), features, row * width + column, part.width());
      }
    }
    Scores answer =
        last.score(
            new Rows(features, null, stored(features, column, part), count, width),
            scores.probabilities() != null,
            scores.decisions() != null);
    if (classes == null) {
      System.arraycopy(answer.values(), 0, scores.values(), from, count);
      return;
    }
    System.arraycopy(answer.labels(), 0, scores.labels(), from, count);
    if (scores.probabilities() != null) {
      int k = signature.probabilityWidth();
      System.arraycopy(answer.probabilities(), 0, scores.probabilities(), from * k, count * k);
    }
    if (scores.decisions() != null) {
      int k = signature.decisionWidth();
      System.arraycopy(answer.decisions(), 0, scores.decisions(), from * k, count * k);
    }
  }

  /** {@code scipy.sparse.hstack}, where a sparse matrix passes through beside the answers. */
  private SparseRows stored(double[] features, int answered, Rows part) {
    if (!passesThrough || part.stored() == null) {
      return null;
    }
    double[] columns = new double[part.count() * answered];
    for (int row = 0; row < part.count(); row++) {
      System.arraycopy(features, row * width, columns, row * answered, answered);
    }
    SideBySide both = new SideBySide(part.count(), width);
    both.add(new Rows(columns, part.count(), answered), 1);
    both.add(part.stored(), 1);
    return both.sparse();
  }

  /** Writes one model's columns, and says how many. */
  private int answer(Model model, Answer answer, Rows rows, double[] features, int column) {
    Scores scores =
        model.score(
            rows,
            answer == Answer.PROBABILITIES || answer == Answer.SECOND_PROBABILITY,
            answer == Answer.DECISIONS);
    int columns = width(model, answer);
    for (int row = 0; row < rows.count(); row++) {
      int at = row * width + column;
      switch (answer) {
        case PROBABILITIES ->
            System.arraycopy(scores.probabilities(), row * columns, features, at, columns);
        case SECOND_PROBABILITY -> features[at] = scores.probabilities()[2 * row + 1];
        case DECISIONS ->
            System.arraycopy(scores.decisions(), row * columns, features, at, columns);
        case PREDICTIONS ->
            features[at] =
                scores.values() != null
                    ? scores.values()[row]
                    : ((Number) model.signature().classes().getFirst().value(scores.labels()[row]))
                        .doubleValue();
      }
    }
    return columns;
  }
}
