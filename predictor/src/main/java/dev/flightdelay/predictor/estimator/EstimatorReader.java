package dev.flightdelay.predictor.estimator;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;

/** Makes a model of one kind of estimator. */
@FunctionalInterface
public interface EstimatorReader {

  /**
   * @throws ModelRefusedException if the attributes are not those of a fitted estimator, or make no
   *     working model
   */
  Model read(Attributes attributes);
}
