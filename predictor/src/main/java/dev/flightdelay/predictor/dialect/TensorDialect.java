package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Open Inference Protocol, version 2: {@code POST /v2/models/<model>/infer}.
 *
 * <p>Rows come as one tensor of shape (rows, features) under any name or, where the model has
 * names, as one tensor for each feature or one-hot group; see {@link TensorInputs}.
 */
public final class TensorDialect implements Dialect {

  private final Contract contract;
  private final TensorInputs inputs;
  private final Features features;
  private final int width;
  private final int needed;
  private final NamedFields fields;
  private final TensorOutputs outputs;
  private final byte[] head;

  public TensorDialect(Contract contract) {
    Signature signature = contract.signature();
    this.contract = contract;
    this.inputs = TensorInputs.of(signature.features());
    this.features = inputs.features();
    this.width = features.count();
    this.needed = features.needed();
    this.fields = new NamedFields(features);
    this.outputs = new TensorOutputs(signature);
    this.head =
        new JsonWriter()
            .raw("{\"model_name\":")
            .string(contract.name())
            .raw(",\"model_version\":")
            .string(contract.version())
            .toBytes();
  }

  @Override
  public String name() {
    return "v2";
  }

  @Override
  public List<At> paths() {
    String model = "/v2/models/" + contract.name();
    return List.of(
        new At(model + "/infer", "", ""),
        new At(
            model + "/versions/" + contract.version() + "/infer",
            "OfVersion",
            ", of this version"));
  }

  @Override
  public boolean accepts(MediaType type, Body body) {
    return body.isJsonObject(type);
  }

  @Override
  public String accepted() {
    return "application/json: an inference request of the Open Inference Protocol";
  }

  @Override
  public Question read(Body body) {
    JsonReader json = new JsonReader(body.bytes(), body.from(), body.to());
    int bytes = body.to() - body.from();
    String id = null;
    List<Tensor> sent = null;
    List<OutputTensor> asked = null;
    boolean parameters = false;
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "id" -> {
          once(id == null, json, name);
          id = json.string();
        }
        case "parameters" -> {
          once(!parameters, json, name);
          parameters = true;
          Tensor.parameters(json);
        }
        case "inputs" -> {
          once(sent == null, json, name);
          sent = inputs(json, bytes);
        }
        case "outputs" -> {
          once(asked == null, json, name);
          asked = outputs.read(json);
        }
        default ->
            throw new RefusedRequestException(
                400,
                "the property "
                    + Shown.text(name)
                    + " is unknown; a request has inputs and may have id, parameters and outputs");
      }
    }
    json.end();
    if (sent == null || sent.isEmpty()) {
      throw new RefusedRequestException(400, "the request has no inputs");
    }
    List<OutputTensor> wanted = asked == null || asked.isEmpty() ? outputs.byDefault() : asked;
    String idOfAnswer = id;
    return new Question(
        rows(sent),
        asks(wanted, OutputTensor.Method.PROBABILITIES),
        asks(wanted, OutputTensor.Method.DECISIONS),
        asks(wanted, OutputTensor.Method.TRANSFORMED),
        (scores, out) -> {
          out.raw(head);
          if (idOfAnswer != null) {
            out.raw(",\"id\":").string(idOfAnswer);
          }
          outputs.write(wanted, scores, out);
          out.raw('}');
        });
  }

  private static boolean asks(List<OutputTensor> wanted, OutputTensor.Method method) {
    return wanted.stream().anyMatch(output -> output.method() == method);
  }

  @Override
  public void refuse(Body body, String message, JsonWriter out) {
    JsonErrors.write(message, out);
  }

  /** {@code GET /v2/models/<model>}. */
  public byte[] metadata() {
    JsonWriter out = new JsonWriter();
    out.raw("{\"name\":")
        .string(contract.name())
        .raw(",\"versions\":[")
        .string(contract.version())
        .raw("],\"platform\":")
        .string(contract.signature().library())
        .raw(",\"inputs\":[");
    boolean first = true;
    for (TensorInputs.Input input : inputs.inputs()) {
      out.raw(first ? "{\"name\":" : ",{\"name\":")
          .string(input.name())
          .raw(",\"datatype\":\"")
          .raw(input.datatype())
          .raw("\",\"shape\":[-1");
      if (input.width() > 0) {
        out.raw(',').integer(input.width());
      }
      out.raw("]}");
      first = false;
    }
    out.raw(']');
    outputs.describe(out);
    return out.raw('}').toBytes();
  }

  /** {@code GET /v2/models/<model>/ready}. */
  public byte[] ready() {
    return new JsonWriter()
        .raw("{\"name\":")
        .string(contract.name())
        .raw(",\"ready\":true}")
        .toBytes();
  }

  private static void once(boolean first, JsonReader json, String name) {
    if (!first) {
      throw json.twice(name);
    }
  }

  private List<Tensor> inputs(JsonReader json, int bytes) {
    List<Tensor> sent = new ArrayList<>();
    json.beginArray();
    int allowed = (int) Math.min(Integer.MAX_VALUE - 8L, (long) contract.maxRows() * width);
    while (json.nextElement()) {
      if (sent.size() > width) {
        throw new RefusedRequestException(
            400, "the request has more inputs than the model's " + width + " features");
      }
      // After the first, tensors are one feature each: they start small and grow.
      sent.add(Tensor.read(json, allowed, sent.isEmpty() ? bytes : 64));
    }
    return sent;
  }

  private Rows rows(List<Tensor> sent) {
    Tensor first = sent.getFirst();
    boolean byName = sent.size() > 1 || fields.has(first.name()) && !isMatrix(first);
    if (byName && !features.hasNames()) {
      throw new RefusedRequestException(
          400,
          "the request has %d inputs; this model has no feature names, so send one input of shape"
                  .formatted(sent.size())
              + " [rows,%d]".formatted(width));
    }
    return byName ? byName(sent) : matrix(first);
  }

  private boolean isMatrix(Tensor tensor) {
    return tensor.shape().length == 2 && tensor.shape()[1] == width && width > 1;
  }

  private Rows matrix(Tensor tensor) {
    long[] shape = tensor.shape();
    boolean column = shape.length == 1 && width == 1;
    if (!column && (shape.length != 2 || shape[1] != width)) {
      throw new UnusableRowsException(
          "input %s has the shape %s; the model takes [rows,%d]"
              .formatted(
                  Shown.text(tensor.name()), Arrays.toString(shape).replace(" ", ""), width));
    }
    boolean texts = tensor.type() == TensorType.BYTES;
    if (texts && !TensorInputs.takesTextsOnly(features)) {
      throw new UnusableRowsException(
          "input "
              + Shown.text(tensor.name())
              + " is BYTES; the model takes numbers"
              + (features.takeTexts() ? " too: send one input for each feature" : ""));
    }
    int rows = checkedRows(shape[0]);
    checkNulls(tensor, rows);
    return new Rows(
        tensor.numbers(), texts ? tensor.texts().toArray(String[]::new) : null, rows, width);
  }

  private Rows byName(List<Tensor> sent) {
    int rows = checkedRows(sent.getFirst().shape()[0]);
    double[] values = new double[rows * width];
    String[] texts = features.takeTexts() ? new String[rows * width] : null;
    boolean[] given = new boolean[width];
    int columns = 0;
    for (Tensor input : sent) {
      long[] shape = input.shape();
      if (shape[0] != rows || shape.length == 2 && shape[1] != 1) {
        throw new UnusableRowsException(
            "input %s has the shape %s; each feature's is [%d] or [%d,1]"
                .formatted(
                    Shown.text(input.name()), Arrays.toString(shape).replace(" ", ""), rows, rows));
      }
      switch (fields.field(input.name(), "")) {
        case NamedFields.Column(int index) when features.isDropped(index) -> give(given, index);
        case NamedFields.Column(int index) -> {
          boolean text = input.type() == TensorType.BYTES;
          if (text && !features.takesText(index)) {
            throw new UnusableRowsException(
                "input " + Shown.text(input.name()) + " is BYTES; the feature is a number");
          }
          columns += give(given, index);
          checkNull(input, input.firstNull(), index);
          for (int row = 0; row < rows; row++) {
            values[row * width + index] = input.numbers()[row];
            if (text) {
              texts[row * width + index] = input.texts().get(row);
            }
          }
        }
        case NamedFields.Group group -> {
          for (int index : group.group().columns()) {
            columns += give(given, index);
          }
          for (int row = 0; row < rows; row++) {
            int category = category(input, group, row);
            if (category >= 0) {
              values[row * width + category] = 1;
            }
          }
        }
      }
    }
    if (columns < needed) {
      throw fields.missing(given, "");
    }
    return new Rows(values, texts, rows, width);
  }

  private int category(Tensor input, NamedFields.Group group, int row) {
    String where = "row " + row + ": ";
    if (input.type() == TensorType.BYTES) {
      String text = input.texts().get(row);
      if (text == null) {
        checkNull(input, row, group.group().columns().getFirst());
        return -1;
      }
      return fields.category(group, where, text);
    }
    double number = input.numbers()[row];
    if (Double.isNaN(number)) {
      checkNull(input, row, group.group().columns().getFirst());
      return -1;
    }
    return input.type() == TensorType.BOOL
        ? fields.category(
            group, where, number == 1 ? "True" : "False", number == 1 ? "true" : "false")
        : fields.category(group, where, NamedFields.categoryTexts(number));
  }

  private int give(boolean[] given, int column) {
    if (given[column]) {
      throw new UnusableRowsException(
          "the feature " + features.describe(column) + " is given twice");
    }
    given[column] = true;
    return features.isDropped(column) ? 0 : 1;
  }

  private int checkedRows(long rows) {
    if (rows == 0) {
      throw Matrix.noRows();
    }
    if (rows > contract.maxRows()) {
      throw Matrix.tooManyRows(contract.maxRows());
    }
    return (int) rows;
  }

  /** Of a tensor with all columns: what is in those that are not looked at may be missing. */
  private void checkNulls(Tensor tensor, int rows) {
    if (tensor.firstNull() < 0 || !features.haveDropped()) {
      checkNull(tensor, tensor.firstNull() / width, tensor.firstNull() % width);
      return;
    }
    for (int i = tensor.firstNull(); i < rows * width; i++) {
      if (Double.isNaN(tensor.numbers()[i])) {
        if (features.isDropped(i % width)) {
          tensor.numbers()[i] = 0;
        } else {
          checkNull(tensor, i / width, i % width);
        }
      }
    }
  }

  private void checkNull(Tensor tensor, int row, int column) {
    if (tensor.firstNull() >= 0 && !contract.signature().acceptsMissing()) {
      throw new UnusableRowsException(
          "row %d, feature %s is null, and this model takes no missing values"
              .formatted(row, features.describe(column)));
    }
  }

  /** {@code GET /v2}: what the server is. */
  public static byte[] server(String version) {
    return new JsonWriter()
        .raw("{\"name\":\"flight-delay-predictor\",\"version\":")
        .string(version)
        .raw(",\"extensions\":[]}")
        .toBytes();
  }
}
