package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.Predictions;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.List;

/** Writes an answer as JSON, which binary data follows where an output is to be so. */
final class JsonOutputs {

  private final Signature signature;
  private final Predictions predictions;
  private final BinaryOutputs binary;
  private final byte[] head;

  JsonOutputs(DialectSettings settings) {
    this.signature = settings.signature();
    this.predictions = new Predictions(signature);
    this.binary = new BinaryOutputs(signature);
    this.head =
        new JsonWriter()
            .raw("{\"model_name\":")
            .string(settings.name())
            .raw(",\"model_version\":")
            .string(settings.version())
            .toBytes();
  }

  /**
   * Writes the answer to a request.
   *
   * @param id the request's; null where it has none
   */
  void write(String id, List<InferRequest.Output> outputs, Scores scores, JsonWriter out) {
    out.raw(head);
    if (id != null) {
      out.raw(",\"id\":").string(id);
    }
    out.raw(",\"outputs\":[");
    boolean anyBinary = false;
    for (int i = 0; i < outputs.size(); i++) {
      OutputTensor output = outputs.get(i).tensor();
      out.raw(i == 0 ? "" : ",");
      begin(output, scores.count(), out);
      if (outputs.get(i).binary()) {
        anyBinary = true;
        out.raw(",\"parameters\":{\"binary_data_size\":").integer(binary.size(output, scores));
        out.raw("}}");
      } else {
        out.raw(",\"data\":");
        data(output, scores, out);
        out.raw('}');
      }
    }
    out.raw("]}");
    if (anyBinary) {
      out.endJson();
      for (InferRequest.Output output : outputs) {
        if (output.binary()) {
          binary.write(output.tensor(), scores, out);
        }
      }
    }
  }

  private void data(OutputTensor output, Scores scores, JsonWriter out) {
    switch (output.method()) {
      case PROBABILITIES ->
          Predictions.flat(
              scores.probabilities(),
              signature.probabilityWidth(),
              output.from(),
              output.columns(),
              out);
      case DECISIONS -> Predictions.flat(scores.decisions(), out);
      case TRANSFORMED -> Predictions.flat(scores.transformed(), out);
      case ANSWER -> predictions.flat(scores, out);
    }
  }

  /**
   * Begins an output: the caller ends it.
   *
   * @param rows -1 for any number of them
   */
  static void begin(OutputTensor output, int rows, JsonWriter out) {
    out.raw("{\"name\":\"").raw(output.name());
    out.raw("\",\"datatype\":\"").raw(output.datatype()).raw("\",\"shape\":[").integer(rows);
    if (output.isMatrix()) {
      out.raw(',').integer(output.columns());
    }
    out.raw(']');
  }
}
