package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.Shown;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.List;

/** The outputs of a model that a request may ask for. */
final class OutputTensors {

  private final List<OutputTensor> available;
  private final List<String> names;

  OutputTensors(Signature signature) {
    this.available = OutputTensor.of(signature);
    this.names = available.stream().map(OutputTensor::name).toList();
  }

  List<OutputTensor> available() {
    return available;
  }

  /**
   * The outputs of these names.
   *
   * @param asked none: the answer alone
   */
  List<OutputTensor> named(List<String> asked) {
    if (asked.isEmpty()) {
      return List.of(available.getFirst());
    }
    List<OutputTensor> outputs = new ArrayList<>();
    for (String name : asked) {
      int position = names.indexOf(name);
      if (position < 0) {
        throw new RefusedRequestException(
            400, "there is no output " + Shown.text(name) + "; there are " + Shown.names(names));
      }
      if (outputs.contains(available.get(position))) {
        throw new RefusedRequestException(400, "the output '" + name + "' is asked for twice");
      }
      outputs.add(available.get(position));
    }
    return outputs;
  }
}
