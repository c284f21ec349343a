package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import java.util.Arrays;

/** A file in CatBoost's own format, as {@code save_model} writes it: mostly called .cbm. */
public final class CatBoostFile {

  private CatBoostFile() {}

  /** Whether the file is in CatBoost's format, as its first bytes tell. */
  public static boolean is(byte[] file) {
    return file.length >= ModelBlob.MAGIC.length
        && Arrays.equals(
            file, 0, ModelBlob.MAGIC.length, ModelBlob.MAGIC, 0, ModelBlob.MAGIC.length);
  }

  /**
   * The estimator that the file is by its loss: what it answers when it has loaded the file.
   *
   * @throws ModelRefusedException if the file is no model, or one of a kind that is not read
   */
  public static Model read(byte[] file) {
    String estimator = ModelBlob.LIBRARY;
    try {
      ModelBlob model = ModelBlob.read(file);
      String loss = new TrainingInfo(model.info()).loss();
      if (CatBoostClassifier.hasLoss(loss)) {
        estimator = "CatBoostClassifier";
        return CatBoostClassifier.of(estimator, model);
      }
      if (CatBoostRegressor.ranks(loss)) {
        return CatBoostRegressor.raw("CatBoostRanker", model);
      }
      estimator = "CatBoostRegressor";
      return CatBoostRegressor.of(estimator, model);
    } catch (UnreadableModelException wrong) {
      throw new ModelRefusedException(wrong.reason(), estimator + ": " + wrong.getMessage());
    }
  }
}
