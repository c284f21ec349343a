package dev.flightdelay.predictor.score;

import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Some rows that are scored together, with where each is from and what is handed on of it. */
public final class RowBatch {

  /** So many numbers at a time: 8 MiB. */
  private static final int MAX_CELLS = 1 << 20;

  private static final int MAX_ROWS = 8192;

  private static final Pattern ROW = Pattern.compile("^row (\\d+)");

  private final int width;
  private final int capacity;
  private final String place;
  private final List<String> passedNames;
  private final List<Passed[]> passed = new ArrayList<>();
  private final long[] places;
  private double[] values;
  private String[] texts;
  private int count;

  /**
   * @param width of a row
   * @param place what rows are counted by: {@code line} or {@code row}
   * @param passedNames of the columns that are handed on
   */
  RowBatch(int width, String place, List<String> passedNames) {
    this.width = width;
    this.capacity = Math.max(1, Math.min(MAX_ROWS, MAX_CELLS / width));
    this.place = place;
    this.passedNames = List.copyOf(passedNames);
    this.places = new long[capacity];
    this.values = new double[Math.min(capacity, 16) * width];
  }

  /** Whether it takes no more rows. */
  public boolean isFull() {
    return count == capacity;
  }

  /** Begins a row of zeros. */
  void add(long at) {
    if ((count + 1) * width > values.length) {
      values = Arrays.copyOf(values, Math.min(capacity * width, 2 * values.length));
      texts = texts == null ? null : Arrays.copyOf(texts, values.length);
    }
    places[count++] = at;
    if (!passedNames.isEmpty()) {
      passed.add(new Passed[passedNames.size()]);
    }
  }

  /** Puts a number into the row that was begun last. */
  void value(int column, double value) {
    values[(count - 1) * width + column] = value;
  }

  void text(int column, String text) {
    if (texts == null) {
      texts = new String[values.length];
    }
    texts[(count - 1) * width + column] = text;
  }

  /** Puts all rows, of which so many were begun. */
  void take(Rows rows) {
    values = rows.values();
    texts = rows.texts();
  }

  void pass(int column, Passed cell) {
    passed.getLast()[column] = cell;
  }

  /** How many rows there are. */
  int count() {
    return count;
  }

  Rows rows() {
    return new Rows(values, texts, count, width);
  }

  List<String> passedNames() {
    return passedNames;
  }

  Passed passed(int row, int column) {
    return passed.get(row)[column];
  }

  /** Where a row is from: {@code line 7}. */
  String place(int row) {
    return place + " " + places[row];
  }

  /** The same sentence about the rows of a part of these, with the place where the row is from. */
  UnusableRowsException placed(UnusableRowsException refusal, int from) {
    Matcher row = ROW.matcher(refusal.getMessage());
    return row.find()
        ? new UnusableRowsException(
            place(from + Integer.parseInt(row.group(1)))
                + refusal.getMessage().substring(row.end()))
        : refusal;
  }
}
