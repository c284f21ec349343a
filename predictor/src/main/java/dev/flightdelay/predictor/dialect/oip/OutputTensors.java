package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.model.Signature;
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

  /** What is given where nothing is asked for. */
  OutputTensor byDefault() {
    return available.getFirst();
  }

  OutputTensor named(String name) {
    int position = names.indexOf(name);
    if (position < 0) {
      throw new RefusedRequestException(
          400, "there is no output " + Quoted.text(name) + "; there are " + Quoted.names(names));
    }
    return available.get(position);
  }
}
