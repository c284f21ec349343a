package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.JsonErrors;
import dev.flightdelay.predictor.dialect.MediaType;
import dev.flightdelay.predictor.dialect.PredictRequest;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Signature;
import java.util.List;

/**
 * The Open Inference Protocol, version 2: {@code POST /v2/models/<model>/infer}.
 *
 * <p>Rows come as one tensor of shape (rows, features) under any name or, where the model has
 * names, as one tensor for each feature or one-hot group; see {@link TensorInputs}.
 */
public final class TensorDialect implements Dialect {

  private final DialectSettings settings;
  private final TensorRows rows;
  private final JsonRequest requests;
  private final JsonOutputs answers;

  public TensorDialect(DialectSettings settings) {
    Signature signature = settings.signature();
    this.settings = settings;
    this.rows =
        new TensorRows(
            TensorInputs.of(signature.features()).features(),
            signature.acceptsMissing(),
            settings.maxRows());
    this.requests = new JsonRequest(rows, new OutputTensors(signature));
    this.answers = new JsonOutputs(settings);
  }

  @Override
  public String name() {
    return "v2";
  }

  @Override
  public List<At> paths() {
    String model = "/v2/models/" + settings.name();
    return List.of(
        new At(model + "/infer", "", ""),
        new At(
            model + "/versions/" + settings.version() + "/infer",
            "OfVersion",
            ", of this version"));
  }

  @Override
  public boolean accepts(MediaType type, Body body) {
    return body.isJsonObject(type);
  }

  @Override
  public boolean takesBinaryData() {
    return true;
  }

  @Override
  public String accepted() {
    return "application/json: an inference request of the Open Inference Protocol, or one with"
        + " binary data";
  }

  @Override
  public PredictRequest read(Body body) {
    InferRequest request = requests.read(body);
    String id = request.id();
    List<InferRequest.Output> outputs = request.outputs();
    return new PredictRequest(
        rows.of(request.inputs()),
        request.asks(OutputTensor.Method.PROBABILITIES),
        request.asks(OutputTensor.Method.DECISIONS),
        request.asks(OutputTensor.Method.TRANSFORMED),
        (scores, out) -> answers.write(id, outputs, scores, out));
  }

  @Override
  public void refuse(Body body, int status, String message, JsonWriter out) {
    JsonErrors.write(message, out);
  }
}
