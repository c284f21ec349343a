package dev.flightdelay.operator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * An event on its way to a watcher.
 *
 * @param type ADDED, MODIFIED, DELETED, BOOKMARK or ERROR
 * @param resource the plural that is watched
 */
public record WatchEvent(String type, String resource, JsonNode object) {
  static final byte[] EXPIRED =
      """
      {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
      "message":"too old resource version","reason":"Expired","code":410}}
      """
          .getBytes(StandardCharsets.UTF_8);
  private static final ObjectMapper JSON = new ObjectMapper();

  static WatchEvent read(ApiCall watch, byte[] event) throws IOException {
    JsonNode json = JSON.readTree(event);
    return new WatchEvent(json.path("type").asText(), watch.resource(), json.path("object"));
  }

  public String namespace() {
    return object.at("/metadata/namespace").asText();
  }

  public String name() {
    return object.at("/metadata/name").asText();
  }

  /** A label of the object, or an empty text. */
  public String label(String name) {
    return object.path("metadata").path("labels").path(name).asText();
  }
}
