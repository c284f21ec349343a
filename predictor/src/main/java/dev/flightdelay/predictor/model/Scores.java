package dev.flightdelay.predictor.model;

/**
 * What a model answered, in flat row-major arrays. An array is null where the estimator does not
 * have that output or where it was not asked for; exactly one of {@code labels} and {@code values}
 * is there.
 *
 * @param count rows
 * @param labels a classifier's {@code predict}: positions in each output's {@link
 *     Signature#classes()}, (count * outputs)
 * @param values a regressor's {@code predict} or a transformer's {@code transform}: (count *
 *     outputs)
 * @param probabilities {@code predict_proba}: (count * classes)
 * @param decisions {@code decision_function}: (count * decisionWidth)
 * @param transformed {@code transform} of an estimator that predicts: (count * transformWidth)
 */
public record Scores(
    int count,
    int[] labels,
    double[] values,
    double[] probabilities,
    double[] decisions,
    double[] transformed) {

  /** Arrays for {@code count} rows: what of the outputs the signature has and the caller wants. */
  public static Scores of(
      Signature signature, int count, boolean probabilities, boolean decisions) {
    return of(signature, count, probabilities, decisions, false);
  }

  /** The same, and what an estimator that predicts makes of a row. */
  public static Scores of(
      Signature signature,
      int count,
      boolean probabilities,
      boolean decisions,
      boolean transformed) {
    boolean classifier = !signature.classes().isEmpty();
    int predictions = count * signature.outputs();
    return new Scores(
        count,
        classifier ? new int[predictions] : null,
        classifier ? null : new double[predictions],
        probabilities && signature.hasProbabilities()
            ? new double[count * signature.probabilityWidth()]
            : null,
        decisions && signature.decisionWidth() > 0
            ? new double[count * signature.decisionWidth()]
            : null,
        transformed && signature.transformWidth() > 0
            ? new double[count * signature.transformWidth()]
            : null);
  }

  /** The same without what was not asked for. */
  public Scores shown(boolean withProbabilities, boolean withDecisions) {
    return new Scores(
        count,
        labels,
        values,
        withProbabilities ? probabilities : null,
        withDecisions ? decisions : null,
        transformed);
  }

  /**
   * The first row with a number that is not finite in any output, or -1: JSON has no NaN. What a
   * transformer gives may be missing.
   */
  public int firstNotFinite(Signature signature) {
    int row = firstNotFinite(values, signature.transforms());
    row = earlier(row, firstNotFinite(probabilities, false));
    row = earlier(row, firstNotFinite(decisions, false));
    return earlier(row, firstNotFinite(transformed, false));
  }

  private int firstNotFinite(double[] numbers, boolean mayBeMissing) {
    if (numbers == null) {
      return -1;
    }
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i]) && !(mayBeMissing && Double.isNaN(numbers[i]))) {
        return i / (numbers.length / count);
      }
    }
    return -1;
  }

  private static int earlier(int row, int other) {
    return row < 0 ? other : other < 0 ? row : Math.min(row, other);
  }
}
