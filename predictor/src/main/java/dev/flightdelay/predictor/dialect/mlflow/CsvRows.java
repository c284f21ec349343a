package dev.flightdelay.predictor.dialect.mlflow;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.GivenColumns;
import dev.flightdelay.predictor.dialect.NamedFields;
import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.RowBuffer;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.MalformedJsonException;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * From CSV with a header to rows: by name where the model has names, else in the order of its
 * columns. An empty field is a missing value; True and False are 1 and 0, as pandas writes and
 * reads them.
 */
final class CsvRows {

  /** Columns that a header may have beyond the model's, where it does not look at others. */
  private static final int MAX_MORE_COLUMNS = 1000;

  private final Features features;
  private final boolean acceptsMissing;
  private final int maxRows;
  private final NamedFields fields;

  CsvRows(Signature signature, int maxRows) {
    this.features = signature.features();
    this.acceptsMissing = signature.acceptsMissing();
    this.maxRows = maxRows;
    this.fields = new NamedFields(features);
  }

  Rows read(Body body) {
    CsvReader csv = new CsvReader(body);
    if (!csv.nextRecord()) {
      throw new RefusedRequestException(400, "the CSV is empty; send a header and rows");
    }
    GivenColumns given = fields.noneGiven();
    List<NamedFields.Field> columns = header(csv, given);
    RowBuffer buffer = new RowBuffer(features.count(), maxRows, body.to() - body.from());
    while (csv.nextRecord()) {
      int line = csv.line();
      int start = buffer.addRow();
      for (int i = 0; !given.areAll() && i < features.count(); i++) {
        if (!given.has(i)) {
          buffer.text(start + i, features.absent());
        }
      }
      int column = 0;
      for (String text = csv.nextField(); text != null; text = csv.nextField()) {
        if (column < columns.size()) {
          put(columns.get(column), text, buffer, start, line);
        }
        column++;
      }
      if (column != columns.size()) {
        throw new UnusableRowsException(
            "line %d of the CSV has %d fields; its header has %d"
                .formatted(line, column, columns.size()));
      }
    }
    return buffer.rows();
  }

  /** What stands in which column; null where it is not looked at. */
  private List<NamedFields.Field> header(CsvReader csv, GivenColumns given) {
    List<NamedFields.Field> columns = new ArrayList<>();
    for (String name = csv.nextField(); name != null; name = csv.nextField()) {
      if (columns.size() >= features.count() + MAX_MORE_COLUMNS) {
        throw new RefusedRequestException(
            400, "the CSV has more than " + columns.size() + " columns");
      }
      columns.add(features.hasNames() ? named(name, given) : next(columns.size(), given));
    }
    if (!features.hasNames() && columns.size() != features.count()) {
      throw new UnusableRowsException(
          "the CSV's header has %d columns; the model takes %d"
              .formatted(columns.size(), features.count()));
    }
    if (!given.areAll() && features.absent() == null) {
      throw fields.missing(given, "");
    }
    return columns;
  }

  private NamedFields.Field named(String name, GivenColumns given) {
    if (features.absent() != null && !fields.has(name)) {
      return null;
    }
    NamedFields.Field field = fields.field(name, "");
    switch (field) {
      case NamedFields.Column(int index) -> give(index, given);
      case NamedFields.Group group -> {
        for (int index : group.group().columns()) {
          give(index, given);
        }
      }
    }
    return field;
  }

  private NamedFields.Field next(int column, GivenColumns given) {
    if (column < features.count()) {
      give(column, given);
    }
    return new NamedFields.Column(column);
  }

  private void give(int column, GivenColumns given) {
    if (!given.give(column)) {
      throw new UnusableRowsException(
          "the feature " + features.describe(column) + " is given twice");
    }
  }

  private void put(NamedFields.Field field, String text, RowBuffer buffer, int start, int line) {
    switch (field) {
      case null -> {}
      case NamedFields.Column(int index) when features.isDropped(index) -> {}
      case NamedFields.Column(int index) -> value(text, buffer, start, index, line);
      case NamedFields.Group group -> {
        if (!text.isBlank()) {
          buffer.values()[start + category(group, text.strip(), line)] = 1;
        } else if (!acceptsMissing) {
          throw missing(Quoted.text(group.group().name()), line);
        }
      }
    }
  }

  /** What is text stays it where the column takes it, unless it is empty. */
  private void value(String text, RowBuffer buffer, int start, int index, int line) {
    if (features.takesDocument(index)) {
      buffer.text(start + index, text);
    } else if (text.isBlank() && features.absent() != null) {
      buffer.text(start + index, features.absent());
    } else if (text.isBlank()) {
      if (!acceptsMissing) {
        throw missing(features.describe(index), line);
      }
      buffer.values()[start + index] = Double.NaN;
    } else if (features.takesText(index)) {
      buffer.text(start + index, text);
    } else {
      OptionalDouble number = number(text.strip());
      if (number.isPresent()) {
        buffer.values()[start + index] = number.getAsDouble();
      } else if (features.absent() != null) {
        buffer.text(start + index, text);
      } else {
        throw new UnusableRowsException(
            "line %d of the CSV: the feature %s is %s; it must be a finite number"
                .formatted(line, features.describe(index), Quoted.text(text)));
      }
    }
  }

  private int category(NamedFields.Group group, String text, int line) {
    String where = "line " + line + " of the CSV: ";
    if (!group.columns().containsKey(text)) {
      OptionalDouble number = number(text);
      if (number.isPresent() && !isBoolean(text)) {
        for (String other : NamedFields.categoryTexts(number.getAsDouble())) {
          if (group.columns().containsKey(other)) {
            return fields.category(group, where, other);
          }
        }
      }
    }
    return fields.category(group, where, text);
  }

  private static boolean isBoolean(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }

  /** Empty where it is no finite number. */
  private static OptionalDouble number(String text) {
    if (isBoolean(text)) {
      return OptionalDouble.of(text.equalsIgnoreCase("true") ? 1 : 0);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      JsonReader json = new JsonReader(bytes, 0, bytes.length);
      double number = json.number();
      json.end();
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (MalformedJsonException notNumber) {
      return OptionalDouble.empty();
    }
  }

  private UnusableRowsException missing(String feature, int line) {
    return new UnusableRowsException(
        "line %d of the CSV: the feature %s is empty, and this model takes no missing values"
            .formatted(line, feature));
  }
}
