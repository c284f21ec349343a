package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonWriter;
import java.util.List;

/**
 * One way of asking for predictions: how rows stand in a request's body, and how the answer and a
 * refusal look; and, so that it stands in one place, where it is asked and how that is documented.
 *
 * <p>A dialect refuses by throwing {@link RefusedRequestException}, {@link
 * dev.flightdelay.predictor.json.MalformedJsonException} or {@link
 * dev.flightdelay.predictor.model.UnusableRowsException}.
 */
public interface Dialect {

  /** The name in metrics. */
  String name();

  /** Where it is asked: POST at each of these paths. */
  List<At> paths();

  /**
   * What the OpenAPI document says of it: an operation object, as a template whose places {@code
   * page.OpenApi} fills in. It is read when somebody asks for the document.
   *
   * @return empty where another dialect at the same path says it
   */
  default String operation() {
    return OperationText.beside(getClass(), name());
  }

  /**
   * A path that a dialect is asked at.
   *
   * @param suffix makes the operation's identifier a different one for each path
   * @param where what the operation's summary says of the path
   */
  record At(String path, String suffix, String where) {}

  /** Whether a body of that type may be in this dialect. */
  boolean accepts(MediaType type, Body body);

  /** Whether binary data may follow the JSON of a body. */
  default boolean takesBinaryData() {
    return false;
  }

  /** What {@link #accepts} takes, for a person. */
  String accepted();

  /** Reads the rows and what is wanted of them. The request keeps nothing of the body's array. */
  PredictRequest read(Body body);

  /**
   * Writes the body of a refusal.
   *
   * @param status the HTTP status that goes with it
   */
  void refuse(Body body, int status, String message, JsonWriter out);

  /** Whether its answers are a page rather than JSON. */
  default boolean answersHtml() {
    return false;
  }
}
