package dev.flightdelay.predictor.pickle;

import java.util.Arrays;

/** The verifier's stack, with the marks on it. Nothing below the uppermost mark can be taken. */
final class SymbolStack {

  private long[] symbols = new long[64];
  private int size;
  private int largestSize;
  private int[] marks = new int[16];
  private int markCount;

  void push(long symbol) {
    if (size == symbols.length) {
      symbols = Arrays.copyOf(symbols, 2 * size);
    }
    symbols[size++] = symbol;
    largestSize = Math.max(largestSize, size);
  }

  /**
   * @throws IllegalArgumentException if there is nothing above the uppermost mark
   */
  long pop() {
    long top = peek();
    size--;
    return top;
  }

  /**
   * @throws IllegalArgumentException if there is nothing above the uppermost mark
   */
  long peek() {
    if (size == bottom()) {
      throw new IllegalArgumentException("the stack is empty where a value is needed");
    }
    return symbols[size - 1];
  }

  void mark() {
    if (markCount == marks.length) {
      marks = Arrays.copyOf(marks, 2 * markCount);
    }
    marks[markCount++] = size;
  }

  /**
   * How many values lie above the uppermost mark.
   *
   * @throws IllegalArgumentException if there is no mark
   */
  int aboveMark() {
    if (markCount == 0) {
      throw new IllegalArgumentException("there is no MARK on the stack where one is needed");
    }
    return size - bottom();
  }

  /** The value that lies {@code i} above the uppermost mark. */
  long aboveMark(int i) {
    return symbols[bottom() + i];
  }

  /**
   * The value that lies directly under the uppermost mark.
   *
   * @throws IllegalArgumentException if there is none above the mark before
   */
  long belowMark() {
    int top = bottom();
    int bottom = markCount < 2 ? 0 : marks[markCount - 2];
    if (top == bottom) {
      throw new IllegalArgumentException("there is nothing under the MARK");
    }
    return symbols[top - 1];
  }

  /** Takes away the uppermost mark and all above it. */
  void popMark() {
    size = marks[--markCount];
  }

  /** All values, whatever marks are between them. */
  int size() {
    return size;
  }

  /** The most values there ever were. */
  int largestSize() {
    return largestSize;
  }

  int markCount() {
    return markCount;
  }

  private int bottom() {
    return markCount == 0 ? 0 : marks[markCount - 1];
  }
}
