package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonReader.Token;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads rows from JSON: arrays of numbers, and of texts where a column takes them, or objects where
 * the model has names.
 */
public final class RowReader {

  private final Features features;
  private final int width;
  private final int maxRows;
  private final NamedFields fields;
  private final JsonCells cells;

  /**
   * @param maxRows more rows than these are refused
   */
  public RowReader(Signature signature, int maxRows) {
    this.features = signature.features();
    this.width = features.count();
    this.maxRows = maxRows;
    this.fields = new NamedFields(features);
    this.cells = new JsonCells(signature, fields);
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

  /**
   * Rows as objects for a model without names: columns are in the order of the first row's.
   *
   * @throws UnusableRowsException where another row has other names, or there are too few
   */
  public Rows records(JsonReader json, int bytes) {
    RowBuffer buffer = new RowBuffer(width, maxRows, bytes);
    Map<String, Integer> columns = new HashMap<>();
    BitSet given = new BitSet();
    json.beginArray();
    while (json.nextElement()) {
      if (json.peek() == Token.ARRAY) {
        array(json, buffer);
      } else if (json.peek() == Token.OBJECT) {
        given.clear();
        record(json, buffer, columns, given);
      } else {
        throw new UnusableRowsException(
            "row %d is %s; a record is an object or an array"
                .formatted(buffer.count(), json.found()));
      }
    }
    return buffer.rows();
  }

  private void record(
      JsonReader json, RowBuffer buffer, Map<String, Integer> columns, BitSet given) {
    int row = buffer.count();
    int start = buffer.addRow();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      // Those of the first record are all, for no record may lack one.
      if (columns.size() < width) {
        columns.putIfAbsent(name, columns.size());
      }
      Integer column = columns.get(name);
      if (column == null) {
        throw new UnusableRowsException(
            "row %d has %s besides the %d values that the model takes, or another name than before"
                .formatted(row, Quoted.text(name), width));
      }
      if (given.get(column)) {
        throw json.twice(name);
      }
      given.set(column);
      buffer.values()[start + column] = cells.value(json, buffer, start, row, column);
    }
    if (given.cardinality() < width) {
      throw wrongWidth(row, given.cardinality());
    }
  }

  /** One row: an array of numbers. */
  public Rows row(JsonReader json, int bytes) {
    RowBuffer buffer = new RowBuffer(width, 1, bytes);
    array(json, buffer);
    return buffer.rows();
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
      values[start + column] = cells.value(json, buffer, start, row, column);
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
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (features.absent() != null && !fields.has(name)) {
        json.skip();
        continue;
      }
      NamedFields.Field field = fields.field(name, "row " + row + ": ");
      boolean framed = !cells.isDropped(field) && beginFramed(json);
      cells.put(json, buffer, start, row, field);
      endFramed(framed, json, row, name);
      cells.give(given, field, row);
    }
    if (!given.areAll()) {
      cells.fillAbsent(given, buffer, start, "row " + row + ": ");
    }
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
}
