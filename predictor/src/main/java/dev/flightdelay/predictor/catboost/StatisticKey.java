package dev.flightdelay.predictor.catboost;

/**
 * What a target statistic is of: {@code TModelCtrBase}.
 *
 * @param classifier which of the ways to make classes of the target is meant
 */
record StatisticKey(Combination combination, Kind kind, int classifier) {

  /** {@code ECtrType}, in its order. */
  enum Kind {
    BORDERS,
    BUCKETS,
    TARGET_MEAN,
    FLOAT_TARGET_MEAN,
    COUNTER,
    FREQUENCY
  }

  private static final int COMBINATION = 0;
  private static final int KIND = 1;
  private static final int CLASSIFIER = 2;

  static StatisticKey read(FlatTable table) {
    int kind = table.octet(KIND, 0);
    if (kind < 0 || kind >= Kind.values().length) {
      throw UnreadableModelException.unsupported(
          "it has a target statistic of a kind that CatBoost 1.2 does not know; train it with"
              + " CatBoost 1.2 or older");
    }
    return new StatisticKey(
        Combination.read(
            table
                .table(COMBINATION)
                .orElseThrow(
                    () -> UnreadableModelException.invalid("a statistic is of no feature"))),
        Kind.values()[kind],
        table.integer(CLASSIFIER, 0));
  }
}
