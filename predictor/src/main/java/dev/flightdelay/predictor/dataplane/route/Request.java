package dev.flightdelay.predictor.dataplane.route;

import dev.flightdelay.predictor.dialect.MediaType;
import io.netty.handler.codec.http.HttpMethod;

/** What of a request decides which route answers it, and how it is refused. */
public interface Request {

  HttpMethod method();

  String path();

  MediaType mediaType();

  /** Whether its body is compressed in a way that is not undone here, or more than once. */
  boolean otherCoding();

  /** Whether binary data follows the JSON of its body. */
  boolean binaryData();

  /** Whether it asks for what is there. */
  default boolean reads() {
    return method().equals(HttpMethod.GET) || method().equals(HttpMethod.HEAD);
  }
}
