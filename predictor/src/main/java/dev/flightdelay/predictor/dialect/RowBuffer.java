package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.model.Rows;
import java.util.Arrays;

/** Rows while they are read: grows, and refuses more rows than one request may have. */
public final class RowBuffer {

  /**
   * As many numbers as the longest body can have. Rows may have more columns than are sent, of a
   * one-hot group or of a dictionary that lacks them: these are not to fill the heap.
   */
  private static final int MAX_CELLS = 1 << 23;

  private final int width;
  private final int maxRows;
  private double[] values;
  // Made with the first text: most models take none.
  private String[] texts;
  private int count;

  /**
   * @param bytes the size of the body that is read, from which the number of rows is guessed
   */
  public RowBuffer(int width, int maxRows, int bytes) {
    this.width = width;
    this.maxRows = maxRows(width, maxRows);
    // A number and what parts it from the next take two bytes at least.
    int rows = (int) Math.min(this.maxRows, bytes / (2L * width) + 1);
    this.values = new double[rows * width];
  }

  /**
   * The rows of that width that one request may have.
   *
   * @param most the most, however narrow they are
   */
  public static int maxRows(int width, int most) {
    return Math.min(most, Math.max(1, MAX_CELLS / width));
  }

  /** Makes room for another row of zeros and gives the position of its first value. */
  public int addRow() {
    if (count == maxRows) {
      throw tooManyRows(maxRows);
    }
    int start = count++ * width;
    if (start + width > values.length) {
      values =
          Arrays.copyOf(values, (int) Math.min((long) maxRows * width, 2L * values.length + width));
      if (texts != null) {
        texts = Arrays.copyOf(texts, values.length);
      }
    }
    return start;
  }

  /** Puts a text at a position. */
  public void text(int position, String text) {
    if (texts == null) {
      texts = new String[values.length];
    }
    texts[position] = text;
  }

  /** Row after row; another array once a row was added. */
  public double[] values() {
    return values;
  }

  int count() {
    return count;
  }

  /** The rows that were read, of which there must be one. */
  public Rows rows() {
    if (count == 0) {
      throw noRows();
    }
    return new Rows(values, texts, count, width);
  }

  /** The refusal of more rows than one request may have. */
  public static RefusedRequestException tooManyRows(int maxRows) {
    return new RefusedRequestException(
        413, "one request may have at most " + maxRows + " rows; send the rest in another");
  }

  /** The refusal of a request without rows. */
  public static RefusedRequestException noRows() {
    return new RefusedRequestException(400, "there are no rows in the request; send at least one");
  }
}
