package dev.flightdelay.predictor.sklearn.multiclass;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;
import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.List;

/**
 * OutputCodeClassifier: the class whose code is nearest to the scores of its estimators of two
 * classes.
 *
 * @param codes (classes, estimators)
 */
record OutputCodeClassifier(Signature signature, List<Model> models, Matrix codes)
    implements Model {

  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    List<Model> models = InnerModels.read(attributes, "estimators_");
    BinaryScore.require(attributes, models);
    Matrix codes =
        Matrix.read(attributes, "code_book_")
            .require(attributes, "code_book_", labels.size(), models.size());
    return new OutputCodeClassifier(
        FittedSignature.of(attributes, InnerModels.features(attributes, models))
            .classes(labels)
            .acceptsMissing(InnerModels.acceptMissing(models))
            .build(),
        models,
        codes);
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int count = to - from;
    int width = models.size();
    Rows part = InnerModels.part(rows, from, to);
    double[] given = new double[count * width];
    for (int m = 0; m < width; m++) {
      Scores one = BinaryScore.score(models.get(m), part, false);
      for (int i = 0; i < count; i++) {
        given[i * width + m] = BinaryScore.of(one, i);
      }
    }
    for (int i = 0; i < count; i++) {
      scores.labels()[from + i] = nearest(given, i * width);
    }
  }

  private int nearest(double[] given, int offset) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < codes.rows(); k++) {
      double distance = 0;
      for (int m = 0; m < codes.columns(); m++) {
        double difference = given[offset + m] - codes.values()[k * codes.columns() + m];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        nearest = k;
      }
    }
    return nearest;
  }
}
