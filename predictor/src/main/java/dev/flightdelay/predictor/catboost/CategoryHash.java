package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.nio.charset.StandardCharsets;

/**
 * What CatBoost knows a category by: the lower half of its text's hash ({@code
 * catboost/libs/cat_feature}). An integer's text is its digits, so that 7 and "7" are the same
 * category; true and false are 1 and 0.
 */
final class CategoryHash {

  /** Above it a JSON number may have been another integer. */
  private static final double MAX_INTEGER = 0x1p53;

  private CategoryHash() {}

  /**
   * The category in a cell.
   *
   * @throws UnusableRowsException if it is missing or a fraction: CatBoost takes neither
   */
  static int of(Rows rows, int row, int column) {
    String text = rows.text(row, column);
    if (text != null) {
      return of(text);
    }
    double number = rows.get(row, column);
    if (Double.isNaN(number)) {
      throw new UnusableRowsException(
          row,
          column,
          "is missing, and CatBoost takes no missing category; send the text that stood for it in"
              + " training");
    }
    if (number != Math.rint(number)) {
      throw new UnusableRowsException(
          row,
          column,
          "is the number %s, and CatBoost's categories are integers or texts; send it as the text that it was in training"
              .formatted(number));
    }
    if (Math.abs(number) > MAX_INTEGER) {
      throw new UnusableRowsException(
          row,
          column,
          "is an integer of more than 53 bits, which JSON does not keep; send it as text");
    }
    return of(Long.toString((long) number));
  }

  static int of(String text) {
    return (int) CityHash.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
