package dev.flightdelay.predictor.score;

import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Rows of CSV with a header. */
public final class CsvRows implements RowSource {

  private final InputStream in;
  private final CsvRecords records;
  private final RowColumns columns;

  /**
   * Reads the header.
   *
   * @param strict whether other columns than the model's are refused
   */
  public CsvRows(InputStream in, Signature signature, boolean strict) throws IOException {
    this.in = in;
    this.records = new CsvRecords(in);
    List<String> header = records.next();
    if (header == null) {
      throw new UnusableRowsException("the CSV is empty; its first line must be a header");
    }
    if (!signature.features().hasNames() && looksLikeARow(header)) {
      throw new UnusableRowsException(
          "line 1 of the CSV is a row of numbers; its first line must be a header, of any names");
    }
    this.columns = new RowColumns(signature, header, "line", strict);
  }

  /** Numbers alone, which are not those that pandas calls columns by: 0, 1, 2 and so on. */
  private static boolean looksLikeARow(List<String> header) {
    boolean counted = true;
    for (int i = 0; i < header.size(); i++) {
      String text = header.get(i).strip();
      if (!text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
        return false;
      }
      counted &= text.equals(String.valueOf(i));
    }
    return !counted;
  }

  @Override
  public RowBatch next() throws IOException {
    RowBatch batch = columns.begin();
    while (!batch.isFull()) {
      List<String> record = records.next();
      if (record == null) {
        break;
      }
      if (record.size() != columns.count()) {
        throw new UnusableRowsException(
            "line %d of the CSV has %d fields; its header has %d"
                .formatted(records.line(), record.size(), columns.count()));
      }
      columns.row(records.line());
      for (int i = 0; i < record.size(); i++) {
        columns.written(i, record.get(i));
      }
    }
    return batch;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
