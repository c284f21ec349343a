package dev.flightdelay.predictor.catboost;

/**
 * A number that training learnt for a category, or a combination of them, from the target or from
 * how often it occurs: {@code TModelCtr} and its table. All in float32.
 *
 * @param table what was counted
 * @param border above which class of the target is counted, or which class
 */
record TargetStatistic(
    StatisticKey key,
    StatisticTable table,
    int border,
    float prior,
    float priorWeight,
    float shift,
    float scale) {

  // TModelCtr
  private static final int BASE = 0;
  private static final int TARGET_BORDER = 1;
  private static final int PRIOR = 2;
  private static final int PRIOR_WEIGHT = 3;
  private static final int SHIFT = 4;
  private static final int SCALE = 5;

  static StatisticKey key(FlatTable statistic) {
    return StatisticKey.read(
        statistic
            .table(BASE)
            .orElseThrow(() -> UnreadableModelException.invalid("a statistic is of nothing")));
  }

  static TargetStatistic read(FlatTable statistic, StatisticKey key, StatisticTable table) {
    TargetStatistic read =
        new TargetStatistic(
            key,
            table,
            statistic.integer(TARGET_BORDER, 0),
            statistic.real32(PRIOR, 0),
            statistic.real32(PRIOR_WEIGHT, 1),
            statistic.real32(SHIFT, 0),
            statistic.real32(SCALE, 1));
    boolean ofClasses =
        key.kind() == StatisticKey.Kind.BORDERS || key.kind() == StatisticKey.Kind.BUCKETS;
    if (ofClasses && (read.border < 0 || read.border >= table.classes())) {
      throw UnreadableModelException.invalid(
          "a statistic is of class %d of %d".formatted(read.border, table.classes()));
    }
    return read;
  }

  /**
   * One row's number: {@code TStaticCtrProvider::CalcCtrs} in catboost/libs/model.
   *
   * @param hash that of the row's combination
   */
  float of(long hash) {
    int at = table.find(hash);
    return switch (key.kind()) {
      case TARGET_MEAN, FLOAT_TARGET_MEAN ->
          at < 0 ? smoothed(0, 0) : smoothed(table.real(at), table.count(at + 1));
      case COUNTER, FREQUENCY -> smoothed(at < 0 ? 0 : table.count(at), table.denominator());
      case BUCKETS -> at < 0 ? smoothed(0, 0) : smoothed(table.count(at + border), sum(at, 0));
      case BORDERS -> at < 0 ? smoothed(0, 0) : smoothed(sum(at, above()), sum(at, 0));
    };
  }

  /** The first class that counts: of two classes it is always the second. */
  private int above() {
    return table.classes() > 2 ? border + 1 : 1;
  }

  private int sum(int at, int fromClass) {
    int sum = 0;
    for (int k = fromClass; k < table.classes(); k++) {
      sum += table.count(at + k);
    }
    return sum;
  }

  private float smoothed(float count, float total) {
    float ratio = (count + prior) / (total + priorWeight);
    return (ratio + shift) * scale;
  }
}
