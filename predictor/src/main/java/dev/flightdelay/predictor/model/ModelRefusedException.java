package dev.flightdelay.predictor.model;

/**
 * A file that is not served, and why: the message is one sentence that says what was found, where,
 * and what to do. It never contains more of the file than a bounded, printable name.
 */
public final class ModelRefusedException extends RuntimeException {

  /** The kind of reason: stable names, for tests, logs and status. */
  public enum Reason {
    /** A global that is not on the allow-list. */
    GLOBAL_NOT_ALLOWED,
    /** An opcode that no model file needs. */
    OPCODE_NOT_ALLOWED,
    /** An allowed global used in a way that is not. */
    CALL_NOT_ALLOWED,
    /** Not a well-formed pickle. */
    MALFORMED,
    /** A declared length that the file does not have. */
    LENGTH_EXCEEDED,
    /** More work or memory than a model of that size needs. */
    BUDGET_EXCEEDED,
    /** An object's state that is not what its class writes. */
    STATE_INVALID,
    /** Parts that make no working model: numbers that are not finite, shapes that disagree. */
    MODEL_INVALID,
    /** A sound file of a kind that this predictor does not read. */
    UNSUPPORTED,
    /** Something after the end of the pickle. */
    TRAILING_DATA,
    /** Not a pickle at all: an archive, a web page, a pointer file. */
    CONTAINER_REJECTED,
    /** Not the bytes that were asked for. */
    CHECKSUM_MISMATCH
  }

  private static final long NOWHERE = -1;

  /** The list of estimators that are served has some three thousand letters. */
  private static final int MAX_LENGTH = 5000;

  private final Reason reason;
  private final long offset;

  /** A refusal that concerns the model as a whole. */
  public ModelRefusedException(Reason reason, String sentence) {
    this(reason, NOWHERE, sentence);
  }

  /**
   * @param offset the position in the file, from 0
   */
  public ModelRefusedException(Reason reason, long offset, String sentence) {
    super(
        reason + (offset == NOWHERE ? "" : " at byte " + offset) + ": " + shown(sentence),
        null,
        false,
        true);
    this.reason = reason;
    this.offset = offset;
  }

  /** Names in a file may hold what ends a log's line or moves a terminal's cursor. */
  private static String shown(String sentence) {
    StringBuilder shown = new StringBuilder(sentence.length());
    sentence
        .codePoints()
        .limit(MAX_LENGTH)
        .forEach(
            letter -> {
              if (misleads(letter)) {
                shown.append("\\u%04x".formatted(letter));
              } else {
                shown.appendCodePoint(letter);
              }
            });
    return shown.toString();
  }

  private static boolean misleads(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  public Reason reason() {
    return reason;
  }

  /** The position in the file, from 0; -1 where the refusal is about no single place. */
  public long offset() {
    return offset;
  }
}
