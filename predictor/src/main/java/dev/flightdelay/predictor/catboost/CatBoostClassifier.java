package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * CatBoostClassifier: of one raw score two classes by the logistic function; of one for each class
 * the largest, with their softmax or, where each was learnt against the rest, the logistic function
 * of each; of one for each label an output of 0 or 1 ({@code eval_processing.cpp} in
 * catboost/libs/model).
 */
final class CatBoostClassifier implements Model {

  static final Set<String> BINARY = Set.of("Logloss", "CrossEntropy", "Focal");
  static final Set<String> MULTILABEL = Set.of("MultiLogloss", "MultiCrossEntropy");

  private static final String SOFTMAX = "MultiClass";
  private static final String ONE_VERSUS_ALL = "MultiClassOneVsAll";

  private enum Kind {
    BINARY,
    SOFTMAX,
    ONE_VERSUS_ALL,
    MULTILABEL
  }

  private final Signature signature;
  private final Ensemble ensemble;
  private final Kind kind;
  private final double threshold;
  // The class of each raw score.
  private final int[] positions;
  private final int classes;

  private CatBoostClassifier(
      Signature signature,
      Ensemble ensemble,
      Kind kind,
      double threshold,
      TrainingInfo.Classes classes) {
    this.signature = signature;
    this.ensemble = ensemble;
    this.kind = kind;
    this.threshold = threshold;
    this.positions = classes.areDimensions() ? null : classes.dimensions();
    this.classes = classes.labels().size();
  }

  static Model read(Attributes attributes) {
    try {
      return of(attributes.estimator(), ModelBlob.read(attributes));
    } catch (UnreadableModelException wrong) {
      throw attributes.invalid(wrong.reason(), wrong.getMessage());
    }
  }

  /** Whether a model of that loss is a classifier's. */
  static boolean hasLoss(String loss) {
    return BINARY.contains(loss)
        || MULTILABEL.contains(loss)
        || loss.equals(SOFTMAX)
        || loss.equals(ONE_VERSUS_ALL);
  }

  static Model of(String estimator, ModelBlob model) {
    TrainingInfo info = new TrainingInfo(model.info());
    Ensemble ensemble = model.ensemble();
    int dimensions = ensemble.dimensions();
    Kind kind = kind(info.loss());
    if (kind == Kind.BINARY && dimensions != 1) {
      throw UnreadableModelException.invalid(
          "its trees give %d scores for two classes".formatted(dimensions));
    }
    if (kind == Kind.MULTILABEL) {
      return multilabel(estimator, ensemble, info);
    }
    TrainingInfo.Classes classes = info.classes(dimensions);
    if (kind == Kind.BINARY && classes.labels().size() != 2
        || kind != Kind.BINARY && dimensions < 2) {
      throw UnreadableModelException.invalid(
          "its trees give %d scores for %d labels".formatted(dimensions, classes.labels().size()));
    }
    Signature signature = signature(estimator, info, ensemble, List.of(classes.labels()));
    return new CatBoostClassifier(
        signature, ensemble, kind, kind == Kind.BINARY ? info.threshold() : 0, classes);
  }

  /** The library gives the probabilities of 1 alone; here those of 0 stand beside them. */
  private static Model multilabel(String estimator, Ensemble ensemble, TrainingInfo info) {
    Labels labels = new Labels(Labels.Kind.INTEGER, List.of(0L, 1L));
    return new CatBoostClassifier(
        signature(estimator, info, ensemble, Collections.nCopies(ensemble.dimensions(), labels)),
        ensemble,
        Kind.MULTILABEL,
        0,
        new TrainingInfo.Classes(labels, new int[] {0, 1}));
  }

  private static Signature signature(
      String estimator, TrainingInfo info, Ensemble ensemble, List<Labels> classes) {
    return Signature.of(estimator, ModelBlob.LIBRARY, info.version(), ensemble.features())
        .classes(classes)
        .hasProbabilities(true)
        .acceptsMissing(ensemble.acceptsMissing())
        .build();
  }

  private static Kind kind(String loss) {
    if (BINARY.contains(loss)) {
      return Kind.BINARY;
    }
    if (MULTILABEL.contains(loss)) {
      return Kind.MULTILABEL;
    }
    return switch (loss) {
      case SOFTMAX -> Kind.SOFTMAX;
      case ONE_VERSUS_ALL -> Kind.ONE_VERSUS_ALL;
      default ->
          throw UnreadableModelException.unsupported(
              "its loss function is none of Logloss, CrossEntropy, Focal, MultiClass,"
                  + " MultiClassOneVsAll, MultiLogloss and MultiCrossEntropy; train it with one of"
                  + " these");
    };
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(ensemble.cost(signature));
  }

  @Override
  public Explanations explanations() {
    int dimensions = ensemble.dimensions();
    if (kind != Kind.BINARY && kind != Kind.MULTILABEL && classes != dimensions) {
      return Explanations.none(
          "%s with classes that training did not see".formatted(signature.estimator()));
    }
    int[] order = new int[dimensions];
    for (int k = 0; k < dimensions; k++) {
      order[positions == null || kind == Kind.BINARY ? k : positions[k]] = k;
    }
    return ensemble.explanations(
        signature.estimator(),
        switch (kind) {
          case BINARY, MULTILABEL -> Explainer.Space.LOG_ODDS;
          case SOFTMAX, ONE_VERSUS_ALL -> Explainer.Space.MARGIN;
        },
        order);
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    double[] placed = new double[classes];
    ensemble.score(
        rows,
        from,
        to,
        (row, raw, at) -> {
          switch (kind) {
            case BINARY -> putBinary(row, raw[at], scores);
            case MULTILABEL -> putLabels(row, raw, at, scores);
            case SOFTMAX, ONE_VERSUS_ALL -> putClasses(row, place(raw, at, placed), scores);
          }
        });
  }

  private void putBinary(int row, double raw, Scores scores) {
    if (scores.labels() != null) {
      scores.labels()[row] = raw > threshold ? 1 : 0;
    }
    if (scores.probabilities() != null) {
      scores.probabilities()[2 * row] = logistic(-raw);
      scores.probabilities()[2 * row + 1] = logistic(raw);
    }
  }

  private void putLabels(int row, double[] raw, int at, Scores scores) {
    int labels = ensemble.dimensions();
    for (int k = 0; k < labels; k++) {
      int to = row * labels + k;
      if (scores.labels() != null) {
        scores.labels()[to] = raw[at + k] > 0 ? 1 : 0;
      }
      if (scores.probabilities() != null) {
        scores.probabilities()[2 * to] = logistic(-raw[at + k]);
        scores.probabilities()[2 * to + 1] = logistic(raw[at + k]);
      }
    }
  }

  /** Raw scores by class; a class that training did not see has none. */
  private double[] place(double[] raw, int at, double[] placed) {
    if (positions == null) {
      System.arraycopy(raw, at, placed, 0, classes);
      return placed;
    }
    Arrays.fill(placed, Double.NEGATIVE_INFINITY);
    for (int k = 0; k < positions.length; k++) {
      placed[positions[k]] = raw[at + k];
    }
    return placed;
  }

  private void putClasses(int row, double[] raw, Scores scores) {
    int largest = largest(raw);
    if (scores.labels() != null) {
      scores.labels()[row] = largest;
    }
    if (scores.probabilities() == null) {
      return;
    }
    int to = row * classes;
    if (kind == Kind.SOFTMAX) {
      softmax(raw, raw[largest], scores.probabilities(), to);
    } else {
      for (int k = 0; k < classes; k++) {
        scores.probabilities()[to + k] = logistic(raw[k]);
      }
    }
  }

  private int largest(double[] raw) {
    int largest = 0;
    for (int k = 1; k < classes; k++) {
      if (raw[k] > raw[largest]) {
        largest = k;
      }
    }
    return largest;
  }

  private void softmax(double[] raw, double largest, double[] probabilities, int to) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      probabilities[to + k] = Math.exp(raw[k] - largest);
      sum += probabilities[to + k];
    }
    for (int k = 0; k < classes; k++) {
      probabilities[to + k] /= sum;
    }
  }

  private static double logistic(double raw) {
    return 1 / (1 + Math.exp(-raw));
  }
}
