package dev.flightdelay.predictor.dialect.mlflow;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.FrameReader;
import dev.flightdelay.predictor.dialect.MediaType;
import dev.flightdelay.predictor.dialect.PredictRequest;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.RowReader;
import dev.flightdelay.predictor.dialect.UnknownMembers;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonReader.Token;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /invocations} with JSON, as a server of MLflow 2 and 3 has it: exactly one of {@code
 * dataframe_split}, {@code dataframe_records}, {@code instances} and {@code inputs}. What else is
 * sent, such as {@code params}, is ignored.
 */
public final class MlflowJsonDialect implements Dialect {

  private static final String FORMATS =
      "\"dataframe_split\", \"dataframe_records\", \"instances\" and \"inputs\"";

  private final boolean hasNames;
  private final boolean isDocument;
  private final RowReader rows;
  private final FrameReader frames;
  private final Invocations invocations;

  public MlflowJsonDialect(DialectSettings settings) {
    Signature signature = settings.signature();
    this.hasNames = signature.features().hasNames();
    this.isDocument = signature.features().isDocument();
    this.rows = new RowReader(signature, settings.maxRows());
    this.frames = new FrameReader(signature, settings.maxRows());
    this.invocations = new Invocations(settings);
  }

  @Override
  public String name() {
    return "mlflow";
  }

  @Override
  public List<At> paths() {
    return Invocations.PATHS;
  }

  @Override
  public boolean accepts(MediaType type, Body body) {
    return body.isJsonObject(type);
  }

  @Override
  public String accepted() {
    return "application/json: one of " + FORMATS;
  }

  @Override
  public PredictRequest read(Body body) {
    JsonReader json = new JsonReader(body.bytes(), body.from(), body.to());
    Rows read = null;
    String given = null;
    UnknownMembers unknown = new UnknownMembers();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      boolean isFormat =
          switch (name) {
            case "dataframe_split", "dataframe_records", "instances", "inputs" -> true;
            default -> false;
          };
      if (!isFormat) {
        unknown.skip(json, name);
        continue;
      }
      if (given != null) {
        throw name.equals(given) ? json.twice(name) : notOne("two of them");
      }
      given = name;
      int bytes = body.to() - body.from();
      read =
          switch (name) {
            case "dataframe_split" -> split(json, body);
            case "inputs" -> inputs(json, bytes);
            case "dataframe_records" ->
                hasNames || isDocument ? rows.rows(json, bytes) : rows.records(json, bytes);
            default -> rows.rows(json, bytes);
          };
    }
    json.end();
    if (read == null) {
      throw notOne("none of them");
    }
    return invocations.question(read);
  }

  /** As {@code DataFrame.to_dict(orient="split")} has it, in any order of its members. */
  private Rows split(JsonReader json, Body body) {
    int bytes = body.to() - body.from();
    List<String> columns = null;
    Rows read = null;
    int data = -1;
    boolean index = false;
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "columns" -> {
          if (columns != null) {
            throw json.twice(name);
          }
          columns = names(json);
        }
        case "data" -> {
          if (data >= 0) {
            throw json.twice(name);
          }
          data = json.position();
          if (columns == null) {
            json.skip();
          } else {
            read = rows(columns, json, bytes);
          }
        }
        case "index" -> {
          if (index) {
            throw json.twice(name);
          }
          index = true;
          json.skip();
        }
        default ->
            throw new RefusedRequestException(
                400, "\"dataframe_split\" has \"columns\", \"data\" and \"index\", and no others");
      }
    }
    if (data < 0) {
      throw new RefusedRequestException(400, "\"dataframe_split\" has no \"data\"");
    }
    if (read == null) {
      // The names came after the data, or not at all.
      JsonReader again = new JsonReader(body.bytes(), data, body.to());
      read = columns == null ? rows.rows(again, bytes) : rows(columns, again, bytes);
    }
    return read;
  }

  /** Without names of its own, a model takes columns in their order, whatever they are called. */
  private Rows rows(List<String> columns, JsonReader json, int bytes) {
    return hasNames ? frames.rows(columns, json, bytes) : rows.rows(json, bytes);
  }

  private static List<String> names(JsonReader json) {
    List<String> names = new ArrayList<>();
    json.beginArray();
    while (json.nextElement()) {
      // A frame that was made without names has numbers for them.
      names.add(json.peek() == Token.NUMBER ? number(json) : json.string());
    }
    return names;
  }

  private static String number(JsonReader json) {
    double number = json.number();
    return number == (long) number ? Long.toString((long) number) : Double.toString(number);
  }

  /** Rows, or columns by name; where the model has no names, all of them under one. */
  private Rows inputs(JsonReader json, int bytes) {
    if (json.peek() != Token.OBJECT) {
      return rows.rows(json, bytes);
    }
    if (hasNames) {
      return frames.columns(json, bytes);
    }
    json.beginObject();
    if (json.nextName() == null) {
      throw new RefusedRequestException(400, "\"inputs\" has no members");
    }
    Rows read = rows.rows(json, bytes);
    if (json.nextName() != null) {
      throw new RefusedRequestException(
          400,
          "\"inputs\" has several members, but this model has no feature names; send one with rows");
    }
    return read;
  }

  private static RefusedRequestException notOne(String found) {
    return new RefusedRequestException(
        400, "the body must have exactly one of " + FORMATS + "; it has " + found);
  }

  @Override
  public void refuse(Body body, int status, String message, JsonWriter out) {
    Invocations.writeError(status, message, out);
  }
}
