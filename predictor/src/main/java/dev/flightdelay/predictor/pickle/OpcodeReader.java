package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/**
 * Steps through the opcodes of a file and finds where each one's argument lies. Allocates nothing,
 * and believes no length before it has compared it with the bytes that are left.
 */
final class OpcodeReader {

  /** A sign, an L, and the 614 digits that LONG1 may have; reading more takes ever longer. */
  private static final int MAX_NUMBER_LENGTH = 616;

  private static final int MAX_FLOAT_LENGTH = 64;
  private static final int MAX_INDEX_LENGTH = 11;

  /** No global in any table has a longer name. */
  static final int MAX_NAME_LENGTH = 1024;

  private final byte[] file;
  private int position;
  private int frameEnd;
  private int offset;
  private int from;
  private int to;
  private int secondFrom;
  private int secondTo;

  /**
   * @param start where the pickle begins
   */
  OpcodeReader(byte[] file, int start) {
    this.file = file;
    this.position = start;
    this.frameEnd = start;
  }

  /**
   * Goes on at a place behind the last opcode.
   *
   * @throws ModelRefusedException if a frame of opcodes goes on there
   */
  void skipTo(int next) {
    if (position < frameEnd) {
      throw refuse(Reason.MALFORMED, "a frame goes on where the items of an array begin");
    }
    position = next;
  }

  /** Reads the next opcode and finds its argument. */
  Opcode next() {
    offset = position;
    if (position >= file.length) {
      throw refuse(
          Reason.MALFORMED,
          "the file ends before its pickle does: it is cut short, upload it again");
    }
    int code = file[position++] & 0xff;
    Opcode opcode = Opcode.of(code);
    if (opcode == null) {
      throw refuse(
          Reason.MALFORMED, "0x%02x is no pickle opcode: the file is damaged".formatted(code));
    }
    if (!opcode.isAllowed()) {
      throw refuse(
          Reason.OPCODE_NOT_ALLOWED,
          "the opcode %s %s; it was not executed".formatted(opcode, opcode.refusal()));
    }
    boolean inFrame = offset < frameEnd;
    findArgument(opcode);
    if (inFrame && position > frameEnd) {
      throw refuse(Reason.MALFORMED, "a frame ends inside the opcode " + opcode);
    }
    if (opcode == Opcode.FRAME) {
      enterFrame(inFrame);
    }
    return opcode;
  }

  private void findArgument(Opcode opcode) {
    switch (opcode.argument()) {
      case NONE -> from = to = position;
      case ONE, TWO, FOUR, EIGHT -> {
        from = position;
        take(opcode, opcode.argument().width);
        to = position;
      }
      case COUNTED_ONE -> {
        take(opcode, 1);
        takeCounted(opcode, file[position - 1] & 0xff);
      }
      case COUNTED_FOUR -> {
        take(opcode, 4);
        takeCounted(opcode, little(position - 4, 4));
      }
      case COUNTED_EIGHT -> {
        take(opcode, 8);
        takeCounted(opcode, little(position - 8, 8));
      }
      case LINE -> takeLine(opcode, longestLine(opcode));
      case TWO_LINES -> {
        takeLine(opcode, MAX_NAME_LENGTH);
        int firstFrom = from;
        int firstTo = to;
        takeLine(opcode, MAX_NAME_LENGTH);
        secondFrom = from;
        secondTo = to;
        from = firstFrom;
        to = firstTo;
      }
    }
  }

  private void take(Opcode opcode, int width) {
    if (file.length - position < width) {
      throw refuse(
          Reason.MALFORMED, "the file ends inside the opcode " + opcode + ": it is cut short");
    }
    position += width;
  }

  private void takeCounted(Opcode opcode, long length) {
    if (length < 0 || length > file.length - position) {
      throw refuse(
          Reason.LENGTH_EXCEEDED,
          "%s declares %s bytes, but the file has only %d more: it is cut short, upload it again"
              .formatted(opcode, Long.toUnsignedString(length), file.length - position));
    }
    from = position;
    position += (int) length;
    to = position;
  }

  private void takeLine(Opcode opcode, int longest) {
    from = position;
    long end = Math.min(file.length, (long) position + longest);
    while (position < end) {
      if (file[position++] == '\n') {
        to = position - 1;
        return;
      }
    }
    if (position < file.length) {
      throw refuse(
          Reason.LENGTH_EXCEEDED,
          "the line of %s is longer than %d characters".formatted(opcode, longest));
    }
    throw refuse(
        Reason.MALFORMED, "the file ends inside the line of " + opcode + ": it is cut short");
  }

  private static int longestLine(Opcode opcode) {
    return switch (opcode) {
      case INT, LONG -> MAX_NUMBER_LENGTH;
      case FLOAT -> MAX_FLOAT_LENGTH;
      case GET, PUT -> MAX_INDEX_LENGTH;
      // Protocol 0 writes an array's bytes as one line, and copies of them are budgeted elsewhere.
      default -> Integer.MAX_VALUE;
    };
  }

  private void enterFrame(boolean inFrame) {
    if (inFrame) {
      throw refuse(Reason.MALFORMED, "a frame begins inside another frame");
    }
    long length = little(from, 8);
    if (length < 0 || length > file.length - position) {
      throw refuse(
          Reason.LENGTH_EXCEEDED,
          "a frame declares %s bytes, but the file has only %d more: it is cut short, upload it again"
              .formatted(Long.toUnsignedString(length), file.length - position));
    }
    frameEnd = position + (int) length;
  }

  /** The opcode's position in the file. */
  int offset() {
    return offset;
  }

  /** Where the argument begins: without its length in front. */
  int from() {
    return from;
  }

  /** The end of the argument: without the line feed. */
  int to() {
    return to;
  }

  int secondFrom() {
    return secondFrom;
  }

  int secondTo() {
    return secondTo;
  }

  /** The position behind the opcode and its argument. */
  int position() {
    return position;
  }

  int remaining() {
    return file.length - position;
  }

  /** The argument of one, two or four bytes, unsigned. */
  long number() {
    return little(from, to - from);
  }

  private long little(int at, int width) {
    long number = 0;
    for (int i = width - 1; i >= 0; i--) {
      number = number << 8 | file[at + i] & 0xff;
    }
    return number;
  }

  ModelRefusedException refuse(Reason reason, String sentence) {
    return new ModelRefusedException(reason, offset, sentence);
  }
}
