package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.Contract;
import dev.flightdelay.predictor.dialect.Predictions;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.List;

/** Writes an answer as JSON. */
final class JsonOutputs {

  private final Signature signature;
  private final Predictions predictions;
  private final byte[] head;

  JsonOutputs(Contract contract) {
    this.signature = contract.signature();
    this.predictions = new Predictions(signature);
    this.head =
        new JsonWriter()
            .raw("{\"model_name\":")
            .string(contract.name())
            .raw(",\"model_version\":")
            .string(contract.version())
            .toBytes();
  }

  /**
   * Writes the answer to a request.
   *
   * @param id the request's; null where it has none
   */
  void write(String id, List<OutputTensor> outputs, Scores scores, JsonWriter out) {
    out.raw(head);
    if (id != null) {
      out.raw(",\"id\":").string(id);
    }
    out.raw(",\"outputs\":[");
    for (int i = 0; i < outputs.size(); i++) {
      out.raw(i == 0 ? "" : ",");
      begin(outputs.get(i), scores.count(), out);
      out.raw(",\"data\":");
      data(outputs.get(i), scores, out);
      out.raw('}');
    }
    out.raw("]}");
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
