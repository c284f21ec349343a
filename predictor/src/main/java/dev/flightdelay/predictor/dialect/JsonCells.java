package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonReader.Token;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;

/** Reads single values of rows from JSON, by their column or by their name. */
final class JsonCells {

  private final Features features;
  // Null where all columns are looked at, as in most models.
  private final boolean[] dropped;
  private final boolean acceptsMissing;
  private final NamedFields fields;

  JsonCells(Signature signature, NamedFields fields) {
    this.features = signature.features();
    this.dropped = features.haveDropped() ? new boolean[features.count()] : null;
    for (int column = 0; dropped != null && column < dropped.length; column++) {
      dropped[column] = features.isDropped(column);
    }
    this.acceptsMissing = signature.acceptsMissing();
    this.fields = fields;
  }

  /**
   * A number, which true and false are too; null where missing values are taken; or a text where
   * the column takes them. Whatever it is where the column is not looked at.
   */
  double value(JsonReader json, RowBuffer buffer, int start, int row, int column) {
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

  /** Reads what a name stands for into a row that begins at {@code start}. */
  void put(JsonReader json, RowBuffer buffer, int start, int row, NamedFields.Field field) {
    switch (field) {
      case NamedFields.Column(int index) ->
          buffer.values()[start + index] = value(json, buffer, start, row, index);
      case NamedFields.Group group -> {
        int category = category(json, group, row);
        if (category >= 0) {
          buffer.values()[start + category] = 1;
        }
      }
    }
  }

  /**
   * Gives the columns of a field.
   *
   * @param row the row that has them; -1 where all rows have
   */
  void give(GivenColumns given, NamedFields.Field field, int row) {
    switch (field) {
      case NamedFields.Column(int index) -> give(given, index, row);
      case NamedFields.Group group -> {
        for (int index : group.group().columns()) {
          give(given, index, row);
        }
      }
    }
  }

  private void give(GivenColumns given, int column, int row) {
    if (!given.give(column)) {
      String feature = "feature " + features.describe(column);
      throw new UnusableRowsException(
          row < 0
              ? "the " + feature + " is given twice"
              : "row " + row + " gives " + feature + " twice");
    }
  }

  /** Fills in what a row does not give, or refuses it where a model needs all. */
  void fillAbsent(GivenColumns given, RowBuffer buffer, int start, String where) {
    if (features.absent() == null) {
      throw fields.missing(given, where);
    }
    for (int column = 0; column < features.count(); column++) {
      if (!given.has(column)) {
        buffer.text(start + column, features.absent());
      }
    }
  }

  /** Whether it is a column that is not looked at. */
  boolean isDropped(NamedFields.Field field) {
    return dropped != null && field instanceof NamedFields.Column(int index) && dropped[index];
  }

  private boolean isDropped(int column) {
    return dropped != null && dropped[column];
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
