package dev.flightdelay.predictor.dataplane.route;

import dev.flightdelay.predictor.dataplane.scoring.PredictionEndpoint;
import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.MediaType;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a path answers.
 *
 * @param get what GET and HEAD give; null where they give nothing
 * @param post the dialects that POST speaks, the first that accepts a body answering it
 */
public record Route(Supplier<FixedAnswer> get, List<PredictionEndpoint> post) {

  static Route get(Supplier<FixedAnswer> get) {
    return new Route(get, List.of());
  }

  static Route post(PredictionEndpoint... endpoints) {
    return new Route(null, List.of(endpoints));
  }

  /** What both answer; a path has one page. */
  Route and(Route other) {
    return new Route(
        get == null ? other.get : get,
        List.of(
            Stream.concat(post.stream(), other.post.stream()).toArray(PredictionEndpoint[]::new)));
  }

  /** Whether binary data may follow the JSON of a body. */
  boolean takesBinaryData() {
    return post.stream().anyMatch(endpoint -> endpoint.dialect().takesBinaryData());
  }

  /** The endpoint for a body, or null. */
  public PredictionEndpoint endpoint(MediaType type, Body body) {
    for (int i = 0; i < post.size(); i++) {
      if (post.get(i).dialect().accepts(type, body)) {
        return post.get(i);
      }
    }
    return null;
  }

  /** The endpoint that a body of that type will be for, as far as that can be known; or null. */
  PredictionEndpoint likelyEndpoint(MediaType type) {
    for (int i = 0; i < post.size(); i++) {
      if (post.size() == 1 || post.get(i).dialect().answersHtml() == (type == MediaType.FORM)) {
        return post.get(i);
      }
    }
    return null;
  }

  /** The methods that are answered, as in the header Allow. */
  String allowed() {
    StringJoiner allowed = new StringJoiner(", ");
    if (get != null) {
      allowed.add("GET").add("HEAD");
    }
    if (!post.isEmpty()) {
      allowed.add("POST");
    }
    allowed.add("OPTIONS");
    return allowed.toString();
  }

  /** The types of body that are taken, for a person. */
  String accepted() {
    StringJoiner accepted = new StringJoiner(", or ");
    post.forEach(endpoint -> accepted.add(endpoint.dialect().accepted()));
    return accepted.toString();
  }
}
