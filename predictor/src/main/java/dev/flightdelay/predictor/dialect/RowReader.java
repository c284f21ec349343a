package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonReader.Token;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;

/**
 * Reads rows from JSON: arrays of numbers, and of texts where a column takes them, or objects where
 * the model has names.
 */
public final class RowReader {

  private final Features features;
  private final int width;
  // Null where all columns are looked at, as in most models.
  private final boolean[] dropped;
  private final int maxRows;
  private final boolean acceptsMissing;
  private final NamedFields fields;

  /**
   * @param maxRows more rows than these are refused
   */
  public RowReader(Signature signature, int maxRows) {
    this.features = signature.features();
    this.width = features.count();
    this.dropped = features.haveDropped() ? new boolean[width] : null;
    for (int column = 0; dropped != null && column < width; column++) {
      dropped[column] = features.isDropped(column);
    }
    this.maxRows = maxRows;
    this.acceptsMissing = signature.acceptsMissing();
    this.fields = new NamedFields(features);
  }

  /** An array of rows. */
  public Rows rows(JsonReader json, int bytes) {
    RowBuffer buffer = new RowBuffer(width, maxRows, bytes);
    json.beginArray();
    GivenColumns given = null;
    while (json.nextElement()) {
      Token token = json.peek();
      if (token == Token.ARRAY) {
        array(json, buffer);
      } else if (token == Token.STRING && features.isDocument()) {
        buffer.text(buffer.addRow(), json.string());
      } else if (token == Token.OBJECT && features.hasNames()) {
        if (given == null) {
          given = fields.noneGiven();
        }
        object(json, buffer, given);
      } else {
        throw new UnusableRowsException(
            "row %d is %s; a row is an array of %d %s%s"
                .formatted(
                    buffer.count(),
                    token == Token.OBJECT ? "an object, but the model has no names" : json.found(),
                    width,
                    features.isDocument() ? "text, or the text itself" : "numbers",
                    features.hasNames() ? " or an object of features by name" : ""));
      }
    }
    return buffer.rows();
  }

  /** One row: an array of numbers. */
  public Rows row(JsonReader json, int bytes) {
    RowBuffer buffer = new RowBuffer(width, 1, bytes);
    array(json, buffer);
    return buffer.rows();
  }

  /**
   * A number, which true and false are too; null where missing values are taken; or a text where
   * the column takes them. Whatever it is where the column is not looked at.
   */
  private double value(JsonReader json, RowBuffer buffer, int start, int row, int column) {
    if (isDropped(column)) {
      json.skip();
      return 0;
    }
    Token token = json.peek();
    if (token == Token.STRING && (features.takesText(column) || features.absent() != null)) {
      buffer.text(start + column, json.string());
      return 0;
    }
    if (token == Token.NUMBER && !features.takesDocument(column)) {
      double value = json.number();
      if (Math.abs(value) <= Double.MAX_VALUE) {
        return value;
      }
      throw new UnusableRowsException(
          "row %d, feature %s: the number is too large for a double"
              .formatted(row, features.describe(column)));
    }
    if ((token == Token.TRUE || token == Token.FALSE) && !features.takesDocument(column)) {
      return json.bool() ? 1 : 0;
    }
    if (token == Token.NULL) {
      json.nul();
      if (acceptsMissing) {
        return Double.NaN;
      }
      throw new UnusableRowsException(
          "row %d, feature %s is null, and this model takes no missing values"
              .formatted(row, features.describe(column)));
    }
    throw new UnusableRowsException(
        "row %d, feature %s is %s; it must be a %s"
            .formatted(
                row,
                features.describe(column),
                json.found(),
                features.takesDocument(column)
                    ? "text"
                    : features.takesText(column) ? "number or a text" : "number"));
  }

  private void array(JsonReader json, RowBuffer buffer) {
    json.beginArray();
    int row = buffer.count();
    int start = buffer.addRow();
    double[] values = buffer.values();
    int column = 0;
    while (json.nextElement()) {
      if (column == width) {
        throw wrongWidth(row, width + countRest(json));
      }
      values[start + column] = value(json, buffer, start, row, column);
      column++;
    }
    if (column < width) {
      throw wrongWidth(row, column);
    }
  }

  private static int countRest(JsonReader json) {
    int rest = 0;
    do {
      json.skip();
      rest++;
    } while (json.nextElement());
    return rest;
  }

  private UnusableRowsException wrongWidth(int row, int got) {
    return new UnusableRowsException(
        "row %d has %d values; the model takes %d".formatted(row, got, width));
  }

  private void object(JsonReader json, RowBuffer buffer, GivenColumns given) {
    given.clear();
    int row = buffer.count();
    int start = buffer.addRow();
    double[] values = buffer.values();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (features.absent() != null && !fields.has(name)) {
        json.skip();
        continue;
      }
      switch (fields.field(name, "row " + row + ": ")) {
        case NamedFields.Column(int index) -> {
          boolean framed = !isDropped(index) && beginFramed(json);
          values[start + index] = value(json, buffer, start, row, index);
          endFramed(framed, json, row, name);
          give(given, index, row);
        }
        case NamedFields.Group group -> {
          boolean framed = beginFramed(json);
          int category = category(json, group, row);
          endFramed(framed, json, row, name);
          for (int index : group.group().columns()) {
            give(given, index, row);
          }
          if (category >= 0) {
            values[start + category] = 1;
          }
        }
      }
    }
    if (!given.areAll()) {
      if (features.absent() == null) {
        throw fields.missing(given, "row " + row + ": ");
      }
      for (int column = 0; column < width; column++) {
        if (!given.has(column)) {
          buffer.text(start + column, features.absent());
        }
      }
    }
  }

  private boolean isDropped(int column) {
    return dropped != null && dropped[column];
  }

  /** Whether a value is as {@code DataFrame.to_dict()} of one row has it: {@code {"0":3.5}}. */
  private static boolean beginFramed(JsonReader json) {
    if (json.peek() != Token.OBJECT) {
      return false;
    }
    json.beginObject();
    if (json.nextName() == null) {
      throw json.expected("a value before it");
    }
    return true;
  }

  private static void endFramed(boolean framed, JsonReader json, int row, String name) {
    if (framed && json.nextName() != null) {
      throw new UnusableRowsException(
          "row %d gives feature %s several values; a row has one of each"
              .formatted(row, Quoted.text(name)));
    }
  }

  private void give(GivenColumns given, int column, int row) {
    if (!given.give(column)) {
      throw new UnusableRowsException(
          "row %d gives feature %s twice".formatted(row, features.describe(column)));
    }
  }

  private int category(JsonReader json, NamedFields.Group group, int row) {
    String where = "row " + row + ": ";
    return switch (json.peek()) {
      case STRING -> fields.category(group, where, json.string());
      case NUMBER -> fields.category(group, where, NamedFields.categoryTexts(json.number()));
      case TRUE, FALSE ->
          json.bool()
              ? fields.category(group, where, "True", "true")
              : fields.category(group, where, "False", "false");
      case NULL -> {
        json.nul();
        if (!acceptsMissing) {
          throw new UnusableRowsException(
              "%s%s is null, and this model takes no missing values"
                  .formatted(where, Quoted.text(group.group().name())));
        }
        // What one-hot encoding makes of a missing category: zeros.
        yield -1;
      }
      case OBJECT, ARRAY, OTHER ->
          throw new UnusableRowsException(
              "%s%s is %s; it must be one of its categories: %s"
                  .formatted(
                      where,
                      Quoted.text(group.group().name()),
                      json.found(),
                      Quoted.names(group.group().categories())));
    };
  }
}
