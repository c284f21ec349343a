package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import java.util.Arrays;
import java.util.List;

/**
 * What the protocol says of a model and of this server: metadata, and examples of a request and its
 * answer for who documents them.
 */
public final class ModelTensors {

  private final DialectSettings settings;
  private final TensorInputs inputs;
  private final OutputTensors outputs;

  public ModelTensors(DialectSettings settings) {
    this.settings = settings;
    this.inputs = TensorInputs.of(settings.signature().features());
    this.outputs = new OutputTensors(settings.signature());
  }

  /** {@code GET /v2}: what the server is. */
  public static byte[] server(String version) {
    return new JsonWriter()
        .raw("{\"name\":\"flight-delay-predictor\",\"version\":")
        .string(version)
        .raw(",\"extensions\":[\"binary_tensor_data\"]}")
        .toBytes();
  }

  /** {@code GET /v2/models/<model>}. */
  public byte[] metadata() {
    JsonWriter out = new JsonWriter();
    out.raw("{\"name\":")
        .string(settings.name())
        .raw(",\"versions\":[")
        .string(settings.version())
        .raw("],\"platform\":")
        .string(settings.signature().library())
        .raw(",\"inputs\":[");
    String next = "";
    for (TensorInputs.Input input : inputs.inputs()) {
      out.raw(next);
      begin(input, input.datatype(), -1, out);
      out.raw('}');
      next = ",";
    }
    out.raw("],\"outputs\":[");
    next = "";
    for (OutputTensor output : outputs.available()) {
      out.raw(next);
      JsonOutputs.begin(output, -1, out);
      out.raw('}');
      next = ",";
    }
    return out.raw("]}").toBytes();
  }

  /** {@code GET /v2/models/<model>/ready}. */
  public byte[] ready() {
    return new JsonWriter()
        .raw("{\"name\":")
        .string(settings.name())
        .raw(",\"ready\":true}")
        .toBytes();
  }

  /** All outputs that may be asked for, the answer first. */
  public List<OutputTensor> outputs() {
    return outputs.available();
  }

  /** All datatypes that an input may have, but BYTES where the model takes no texts or groups. */
  public List<String> datatypes() {
    boolean bytes =
        settings.signature().features().hasNames() || settings.signature().features().takeTexts();
    return Arrays.stream(TensorType.values())
        .filter(type -> bytes || type != TensorType.BYTES)
        .map(TensorType::name)
        .toList();
  }

  /** A request's body that asks for these rows' answers. */
  public byte[] request(Rows rows) {
    JsonWriter out = new JsonWriter().raw("{\"inputs\":[");
    String next = "";
    for (TensorInputs.Input input : inputs.inputs()) {
      out.raw(next);
      // Some columns take texts or numbers.
      boolean texts = rows.text(0, input.from()) != null;
      begin(input, texts ? input.datatype() : TensorType.FP64.name(), rows.count(), out);
      out.raw(",\"data\":[");
      int columns = Math.max(1, input.width());
      for (int i = 0; i < rows.count() * columns; i++) {
        out.raw(i == 0 ? "" : ",");
        value(rows, i / columns, input.from() + i % columns, out);
      }
      out.raw("]}");
      next = ",";
    }
    return out.raw("]}").toBytes();
  }

  /** The body of the answer to a request that names no outputs. */
  public byte[] answer(Scores scores) {
    JsonWriter out = new JsonWriter();
    new JsonOutputs(settings)
        .write(null, List.of(new InferRequest.Output(outputs.byDefault(), false)), scores, out);
    return out.toBytes();
  }

  private static void begin(TensorInputs.Input input, String datatype, int rows, JsonWriter out) {
    out.raw("{\"name\":").string(input.name());
    out.raw(",\"datatype\":\"").raw(datatype).raw("\",\"shape\":[").integer(rows);
    if (input.width() > 0) {
      out.raw(',').integer(input.width());
    }
    out.raw(']');
  }

  /** A number without a fraction is written without it, as people write 0 and 1. */
  private static void value(Rows rows, int row, int column, JsonWriter out) {
    String text = rows.text(row, column);
    double number = rows.get(row, column);
    if (text != null) {
      out.string(text);
    } else if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      out.integer((long) number);
    } else {
      out.number(number);
    }
  }
}
