package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.ArrayList;
import java.util.List;

/** Reads rows from JSON where names are given once for all of them, as data frames have them. */
public final class FrameReader {

  private final Features features;
  private final int maxRows;
  private final NamedFields fields;
  private final JsonCells cells;

  /**
   * @param maxRows more rows than these are refused
   */
  public FrameReader(Signature signature, int maxRows) {
    this.features = signature.features();
    this.maxRows = maxRows;
    this.fields = new NamedFields(features);
    this.cells = new JsonCells(signature, fields);
  }

  /** An array of rows, each an array with a value for each of these columns. */
  public Rows rows(List<String> columns, JsonReader json, int bytes) {
    GivenColumns given = fields.noneGiven();
    List<NamedFields.Field> sent = new ArrayList<>();
    for (String column : columns) {
      NamedFields.Field field = field(column);
      if (field != null) {
        cells.give(given, field, -1);
      }
      sent.add(field);
    }
    if (!given.areAll() && features.absent() == null) {
      throw fields.missing(given, "");
    }
    RowBuffer buffer = new RowBuffer(features.count(), maxRows, bytes);
    json.beginArray();
    while (json.nextElement()) {
      int row = buffer.count();
      int start = addRow(buffer, given);
      int column = 0;
      json.beginArray();
      while (json.nextElement()) {
        NamedFields.Field field = column < sent.size() ? sent.get(column) : null;
        if (field == null) {
          json.skip();
        } else {
          cells.put(json, buffer, start, row, field);
        }
        column++;
      }
      if (column != sent.size()) {
        throw new UnusableRowsException(
            "row %d has %d values; there are %d columns".formatted(row, column, sent.size()));
      }
    }
    return buffer.rows();
  }

  /** An object of columns by name, each an array with a value for each row. */
  public Rows columns(JsonReader json, int bytes) {
    GivenColumns given = given(json.ahead());
    RowBuffer buffer = new RowBuffer(features.count(), maxRows, bytes);
    String first = null;
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      NamedFields.Field field = field(name);
      if (field == null) {
        json.skip();
        continue;
      }
      int row = 0;
      json.beginArray();
      while (json.nextElement()) {
        if (first != null && row == buffer.count()) {
          throw differ(name, first, buffer.count());
        }
        int start = first == null ? buffer.addRow() : row * features.count();
        cells.put(json, buffer, start, row, field);
        row++;
      }
      if (row != buffer.count()) {
        throw differ(name, first, buffer.count());
      }
      first = first == null ? name : first;
    }
    for (int row = 0; row < buffer.count() && !given.areAll(); row++) {
      cells.fillAbsent(given, buffer, row * features.count(), "");
    }
    return buffer.rows();
  }

  /**
   * Which columns there are, before there is room for all of them: one is small, whatever the model
   * is.
   */
  private GivenColumns given(JsonReader json) {
    GivenColumns given = fields.noneGiven();
    boolean empty = true;
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      empty = false;
      NamedFields.Field field = field(name);
      if (field != null) {
        cells.give(given, field, -1);
      }
      json.skip();
    }
    if (empty) {
      throw RowBuffer.noRows();
    }
    if (!given.areAll() && features.absent() == null) {
      throw fields.missing(given, "");
    }
    return given;
  }

  private int addRow(RowBuffer buffer, GivenColumns given) {
    int start = buffer.addRow();
    if (!given.areAll()) {
      cells.fillAbsent(given, buffer, start, "");
    }
    return start;
  }

  /** What a name stands for; null where it is none and the model does not look at others. */
  private NamedFields.Field field(String name) {
    return features.absent() != null && !fields.has(name) ? null : fields.field(name, "");
  }

  private static UnusableRowsException differ(String name, String first, int rows) {
    return new UnusableRowsException(
        "the column %s has not %d values, as %s has; each has one for each row"
            .formatted(Quoted.text(name), rows, Quoted.text(first)));
  }
}
