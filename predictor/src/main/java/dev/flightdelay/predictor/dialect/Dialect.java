package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonWriter;

/**
 * One way of asking for predictions: how rows stand in a request's body, and how the answer and a
 * refusal look.
 *
 * <p>A dialect refuses by throwing {@link RefusedRequestException}, {@link
 * dev.flightdelay.predictor.json.MalformedJsonException} or {@link
 * dev.flightdelay.predictor.model.UnusableRowsException}.
 */
public interface Dialect {

  /** The name in metrics. */
  String name();

  /** Whether a body of that type may be in this dialect. */
  boolean accepts(MediaType type, Body body);

  /** What {@link #accepts} takes, for a person. */
  String accepted();

  /** Reads the rows and what is wanted of them. The question keeps nothing of the body's array. */
  Question read(Body body);

  /** Writes the body of a refusal. */
  void refuse(Body body, String message, JsonWriter out);

  /** Whether its answers are a page rather than JSON. */
  default boolean answersHtml() {
    return false;
  }
}
