package dev.flightdelay.predictor.score;

import dev.flightdelay.predictor.dialect.NamedFields;
import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RowReader;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonReader.Token;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.json.MalformedJsonException;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of JSON lines: an object or an array on each. What members of the first are no features is
 * handed on, of all of them.
 */
public final class JsonLineRows implements RowSource {

  private static final int MAX_LINE = 1 << 26;

  private final InputStream in;
  private final Signature signature;
  private final NamedFields fields;
  private final RowReader reader;
  private final boolean strict;
  private final ByteArrayOutputStream lineBytes = new ByteArrayOutputStream();
  private final JsonWriter features = new JsonWriter();
  private List<String> passedNames;
  private long line;

  /**
   * @param strict whether other members than the model's features are refused
   */
  public JsonLineRows(InputStream in, Signature signature, boolean strict) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.signature = signature;
    this.fields = new NamedFields(signature.features());
    this.reader = new RowReader(signature, Integer.MAX_VALUE);
    this.strict = strict;
  }

  @Override
  public RowBatch next() throws IOException {
    RowBatch batch = null;
    features.clear();
    for (byte[] text = nextLine(); text != null; text = nextLine()) {
      if (batch == null) {
        passedNames = passedNames == null ? passedNames(text) : passedNames;
        batch = new RowBatch(signature.features().count(), "line", passedNames);
      }
      features.raw(batch.count() == 0 ? '[' : ',');
      batch.add(line);
      add(text, batch);
      if (batch.isFull()) {
        break;
      }
    }
    if (batch == null) {
      return new RowBatch(
          signature.features().count(), "line", passedNames == null ? List.of() : passedNames);
    }
    features.raw(']');
    try {
      JsonReader json = new JsonReader(features.array(), 0, features.length());
      batch.take(reader.rows(json, features.length()));
    } catch (UnusableRowsException refusal) {
      throw batch.placed(refusal, 0);
    } catch (MalformedJsonException e) {
      throw new UnusableRowsException(
          "a row up to line %d is not one: %s".formatted(line, e.getMessage()));
    }
    return batch;
  }

  /** The next line that is not blank; null at the end. */
  private byte[] nextLine() throws IOException {
    while (true) {
      lineBytes.reset();
      int next = in.read();
      if (next < 0) {
        return null;
      }
      line++;
      boolean blank = true;
      while (next >= 0 && next != '\n') {
        blank &= next == ' ' || next == '\t' || next == '\r';
        if (lineBytes.size() == MAX_LINE) {
          throw new UnusableRowsException(
              "line %d has more than %,d bytes".formatted(line, MAX_LINE));
        }
        lineBytes.write(next);
        next = in.read();
      }
      if (!blank) {
        return lineBytes.toByteArray();
      }
    }
  }

  private List<String> passedNames(byte[] text) {
    List<String> names = new ArrayList<>();
    try {
      JsonReader json = new JsonReader(text, 0, text.length);
      if (json.peek() == Token.OBJECT && !strict && signature.features().hasNames()) {
        json.beginObject();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
          if (!fields.has(name)) {
            names.add(name);
          }
          json.skip();
        }
      }
    } catch (MalformedJsonException e) {
      throw malformed(e);
    }
    return names;
  }

  /** The features of a line as they are, to be read together; the rest is handed on. */
  private void add(byte[] text, RowBatch batch) {
    for (int i = 0; i < passedNames.size(); i++) {
      batch.pass(i, Passed.missing());
    }
    try {
      JsonReader json = new JsonReader(text, 0, text.length);
      if (json.peek() != Token.OBJECT || !signature.features().hasNames()) {
        json.skip();
        json.end();
        features.raw(text);
        return;
      }
      json.beginObject();
      char before = '{';
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        int from = json.position();
        Token token = json.peek();
        String string = null;
        if (token == Token.STRING) {
          string = json.string();
        } else {
          json.skip();
        }
        if (strict || fields.has(name)) {
          features.raw(before).string(name).raw(':').raw(text, from, json.position() - from);
          before = ',';
        } else {
          pass(name, token, string, text, from, json.position(), batch);
        }
      }
      json.end();
      features.raw(before == '{' ? "{}" : "}");
    } catch (MalformedJsonException e) {
      throw malformed(e);
    }
  }

  private void pass(
      String name, Token token, String string, byte[] text, int from, int to, RowBatch batch) {
    int column = passedNames.indexOf(name);
    if (column < 0) {
      throw new UnusableRowsException(
          "line %d: %s is no feature of the model, and the first line does not have it"
              .formatted(line, Quoted.text(name)));
    }
    batch.pass(
        column,
        switch (token) {
          case STRING -> Passed.text(string);
          case NULL -> Passed.missing();
          case NUMBER, TRUE, FALSE, OBJECT, ARRAY, OTHER ->
              Passed.json(new String(text, from, to - from, StandardCharsets.UTF_8).strip());
        });
  }

  private UnusableRowsException malformed(MalformedJsonException e) {
    return new UnusableRowsException("line %d is not JSON: %s".formatted(line, e.getMessage()));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
