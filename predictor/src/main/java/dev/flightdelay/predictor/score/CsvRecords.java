package dev.flightdelay.predictor.score;

import dev.flightdelay.predictor.model.UnusableRowsException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads CSV (RFC 4180, UTF-8) a record at a time. Lines end with LF or CR LF; empty lines are no
 * records.
 */
final class CsvRecords {

  private static final int END = -1;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  /** A quote that is never closed would have the rest of the file be one field. */
  private static final int MAX_FIELD = 1 << 20;

  private final Reader in;
  private final StringBuilder field = new StringBuilder();
  private int next;
  private int line = 1;
  private int recordLine = 1;

  CsvRecords(InputStream in) throws IOException {
    // A decoder of its own says what is not UTF-8, where the stream would read question marks.
    this.in =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), 1 << 16);
    advance();
    if (next == BYTE_ORDER_MARK) {
      advance();
    }
  }

  /** The line on which the last record began, the first being 1. */
  int line() {
    return recordLine;
  }

  /** The next record's fields; null at the end. The list is another one each time. */
  List<String> next() throws IOException {
    while (next == '\n' || next == '\r') {
      endLine();
    }
    if (next == END) {
      return null;
    }
    recordLine = line;
    List<String> fields = new ArrayList<>();
    while (true) {
      fields.add(next == '"' ? quoted() : plain());
      if (next != ',') {
        break;
      }
      advance();
    }
    if (next != END) {
      endLine();
    }
    return fields;
  }

  private String plain() throws IOException {
    field.setLength(0);
    while (next != ',' && next != '\n' && next != '\r' && next != END) {
      if (next == '"') {
        throw malformed("has a quote inside a field without quotes");
      }
      append();
    }
    return field.toString();
  }

  private String quoted() throws IOException {
    int begun = line;
    field.setLength(0);
    advance();
    while (true) {
      if (next == END) {
        line = begun;
        throw malformed("has a field whose closing quote is missing");
      }
      if (next == '"') {
        advance();
        if (next != '"') {
          break;
        }
      } else if (next == '\n') {
        line++;
      }
      append();
    }
    if (next != ',' && next != '\n' && next != '\r' && next != END) {
      throw malformed("has something behind a field's closing quote");
    }
    return field.toString();
  }

  private void append() throws IOException {
    if (field.length() == MAX_FIELD) {
      throw malformed("has a field of more than %,d letters".formatted(MAX_FIELD));
    }
    field.append((char) next);
    advance();
  }

  private void endLine() throws IOException {
    if (next == '\r') {
      advance();
      if (next != '\n') {
        throw malformed("has a CR that no LF follows");
      }
    }
    advance();
    line++;
  }

  private void advance() throws IOException {
    try {
      next = in.read();
    } catch (CharacterCodingException e) {
      throw malformed("or one soon after it is not in UTF-8");
    }
  }

  private UnusableRowsException malformed(String what) {
    return new UnusableRowsException("line " + line + " of the CSV " + what);
  }
}
