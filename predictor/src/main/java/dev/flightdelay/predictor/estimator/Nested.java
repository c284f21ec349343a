package dev.flightdelay.predictor.estimator;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.pickle.PickleObject;
import java.util.OptionalInt;

/** Reads the estimators that stand inside another one. */
public interface Nested {

  /**
   * An estimator that predicts.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is none that is read
   */
  Model model(PickleObject object);

  /**
   * An estimator that predicts, or a transformer as a model that transforms.
   *
   * @param width how many columns it is given, where that is known
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is none that is read
   */
  Model modelOrTransformer(PickleObject object, OptionalInt width);

  /**
   * @param width how many columns it is given, where that is known
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is no transformer that is
   *     read
   */
  Transformer transformer(PickleObject object, OptionalInt width);
}
