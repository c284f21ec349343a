package dev.flightdelay.predictor.model;

/**
 * Tells what each column added to the sums that a model answers with. For each output {@link
 * #base()} and the contributions of a row are together what the model adds up for that row.
 * Immutable: any number of threads may ask.
 */
public non-sealed interface Explainer extends Explanations {

  /** What the sums are. */
  enum Space {
    /** The logarithm of the odds of the second of two classes, or of a label that is there. */
    LOG_ODDS("log_odds"),
    /** A score by which classes are compared. */
    MARGIN("margin"),
    /** The logarithm of what is predicted. */
    LOG("log"),
    /** Probabilities: an output for each class. */
    PROBABILITY("probability"),
    /** What is predicted itself. */
    VALUE("value");

    private final String text;

    Space(String text) {
      this.text = text;
    }

    /** Its name in metadata and answers. */
    public String text() {
      return text;
    }
  }

  Space space();

  /** The sums of a row: 1 for two classes but in the space of probabilities. */
  int outputs();

  /** What each output is without knowing a row: (outputs). */
  double[] base();

  /**
   * Adds the contributions of rows {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param rows as for {@link Model#score(Rows, int, int, Scores)}
   * @param into ((to - from) * columns * outputs), row-major
   */
  void explain(Rows rows, int from, int to, double[] into);
}
