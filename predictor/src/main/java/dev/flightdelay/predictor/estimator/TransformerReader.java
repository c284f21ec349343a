package dev.flightdelay.predictor.estimator;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.Transformer;

/** Makes a transformer of one kind. */
@FunctionalInterface
public interface TransformerReader {

  /**
   * @throws ModelRefusedException if the attributes are not those of a fitted transformer
   */
  Transformer read(Attributes attributes);
}
