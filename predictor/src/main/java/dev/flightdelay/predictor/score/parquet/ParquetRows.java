package dev.flightdelay.predictor.score.parquet;

import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.score.RowBatch;
import dev.flightdelay.predictor.score.RowColumns;
import dev.flightdelay.predictor.score.RowSource;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.SchemaNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.temporal.TemporalAccessor;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Rows of a Parquet file, as pandas, Polars or Spark write one. */
public final class ParquetRows implements RowSource {

  /**
   * What the library says of itself is nothing to whoever scores; held, or it would be forgotten.
   */
  private static final Logger LIBRARY = Logger.getLogger("dev.hardwood");

  static {
    LIBRARY.setLevel(Level.WARNING);
  }

  private final ParquetFileReader file;
  private final RowReader rows;
  private final RowColumns columns;
  private long row;

  /**
   * Rows of a file of this machine.
   *
   * @param strict whether other columns than the model's are refused
   */
  public static ParquetRows of(Path path, Signature signature, boolean strict) throws IOException {
    return new ParquetRows(InputFile.of(path), signature, strict);
  }

  /** Rows of a file that was read. */
  public static ParquetRows of(byte[] content, Signature signature, boolean strict)
      throws IOException {
    return new ParquetRows(InputFile.of(ByteBuffer.wrap(content)), signature, strict);
  }

  private ParquetRows(InputFile input, Signature signature, boolean strict) throws IOException {
    file = ParquetFileReader.open(input);
    columns =
        new RowColumns(
            signature,
            file.getFileSchema().getRootNode().children().stream().map(SchemaNode::name).toList(),
            "row",
            strict);
    rows = rowReader();
  }

  /** It has begun to read ahead when it is there. */
  private RowReader rowReader() throws IOException {
    try {
      return file.rowReader();
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  @Override
  public RowBatch next() throws IOException {
    RowBatch batch = columns.begin();
    while (!batch.isFull() && advance()) {
      columns.row(++row);
      for (int i = 0; i < columns.count(); i++) {
        cell(i);
      }
    }
    return batch;
  }

  private boolean advance() throws IOException {
    try {
      if (!rows.hasNext()) {
        return false;
      }
      rows.next();
      return true;
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private Object value(int column) throws IOException {
    try {
      return rows.isNull(column) ? null : rows.getValue(column);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /** The library says of a damaged file whatever its parts say that read it. */
  private IOException damaged(RuntimeException e) {
    return new IOException(
        "the Parquet file is damaged, or of a kind that is not read, behind row %d: %s"
            .formatted(row, e.getMessage()),
        e);
  }

  private void cell(int column) throws IOException {
    switch (value(column)) {
      case null -> columns.missing(column);
      case String text -> columns.text(column, text);
      case Boolean flag -> columns.bool(column, flag);
      case Float number -> number(column, number, number);
      case Double number -> number(column, number, number);
      case Integer number -> columns.number(column, number, number.toString());
      case Long number -> columns.number(column, number, number.toString());
      case BigDecimal number ->
          columns.number(column, number.doubleValue(), number.toPlainString());
      case byte[] _ -> columns.structure(column, "\"(bytes)\"");
      // Dates, times and identifiers are written as ISO 8601 and the like; lists are not read.
      case TemporalAccessor time -> columns.text(column, time.toString());
      case UUID identifier -> columns.text(column, identifier.toString());
      case Object other ->
          columns.structure(column, "\"(" + other.getClass().getSimpleName() + ")\"");
    }
  }

  /** NaN is a missing value, as pandas has it. */
  private void number(int column, double number, Number text) {
    if (Double.isNaN(number)) {
      columns.missing(column);
    } else {
      columns.number(column, number, text.toString());
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
    file.close();
  }
}
