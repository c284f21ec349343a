package dev.flightdelay.predictor.dialect.mlflow;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.Utf8;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * Reads CSV (RFC 4180, UTF-8) from bytes, once and forwards: a field at a time. Lines end with LF
 * or CR LF; empty lines are no records.
 */
final class CsvReader {

  private static final int MAX_FIELD_BYTES = 4 * 8192;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final byte[] bytes;
  private final int end;
  private int at;
  private int line = 1;
  private boolean inRecord;

  CsvReader(Body body) {
    this.bytes = body.bytes();
    this.end = body.to();
    int text = body.from() + BYTE_ORDER_MARK.length;
    boolean marked =
        text <= end
            && Arrays.equals(bytes, body.from(), text, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    this.at = marked ? text : body.from();
  }

  /** The line that is read, the first being 1. */
  int line() {
    return line;
  }

  /** Whether there is another record; its fields are next to read. */
  boolean nextRecord() {
    while (at < end && (bytes[at] == '\n' || bytes[at] == '\r')) {
      endLine();
    }
    inRecord = at < end;
    return inRecord;
  }

  /** The record's next field; null when it has no more. */
  String nextField() {
    if (!inRecord) {
      return null;
    }
    String field = at < end && bytes[at] == '"' ? quoted() : plain();
    if (at < end && bytes[at] == ',') {
      at++;
      return field;
    }
    inRecord = false;
    if (at < end) {
      endLine();
    }
    return field;
  }

  private void endLine() {
    if (bytes[at] == '\r') {
      at++;
      if (at == end || bytes[at] != '\n') {
        throw refused("has a CR that no LF follows");
      }
    }
    at++;
    line++;
  }

  private String plain() {
    int first = at;
    while (at < end && !endsField()) {
      if (bytes[at] == '"') {
        throw refused("has a quote inside a field without quotes");
      }
      at++;
    }
    return text(first, at);
  }

  private String quoted() {
    int first = ++at;
    int lines = 0;
    boolean doubled = false;
    while (at < end && (bytes[at] != '"' || at + 1 < end && bytes[at + 1] == '"')) {
      if (bytes[at] == '"') {
        doubled = true;
        at++;
      } else if (bytes[at] == '\n') {
        lines++;
      }
      at++;
    }
    if (at >= end) {
      throw refused("has a field whose closing quote is missing");
    }
    String text = text(first, at);
    at++;
    if (at < end && !endsField()) {
      throw refused("has something behind a field's closing quote");
    }
    line += lines;
    return doubled ? text.replace("\"\"", "\"") : text;
  }

  private boolean endsField() {
    return bytes[at] == ',' || bytes[at] == '\n' || bytes[at] == '\r';
  }

  private String text(int first, int last) {
    if (last - first > MAX_FIELD_BYTES) {
      throw refused("has a field of more than " + MAX_FIELD_BYTES + " bytes");
    }
    try {
      return Utf8.text(bytes, first, last);
    } catch (CharacterCodingException notUtf8) {
      throw refused("is not in UTF-8");
    }
  }

  private RefusedRequestException refused(String what) {
    return new RefusedRequestException(400, "line " + line + " of the CSV " + what);
  }
}
