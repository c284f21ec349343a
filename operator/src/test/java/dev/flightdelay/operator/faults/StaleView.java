package dev.flightdelay.operator.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads as of an earlier revision, which etcd still has: what an API server answers whose watch
 * cache lags behind. (The real one does not answer a GET of one object so: it is taken from the
 * list.)
 */
final class StaleView {
  /** A request to the API server, and its answer. */
  @FunctionalInterface
  interface Exchange {
    ApiAnswer of(HttpHead head, byte[] body) throws IOException;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String resourceVersion;

  StaleView(String resourceVersion) {
    this.resourceVersion = resourceVersion;
  }

  ApiAnswer read(ApiCall call, HttpHead head, Exchange exchange) throws IOException {
    Map<String, String> query = new HashMap<>(call.query());
    // A later page knows its revision by itself.
    if (!query.containsKey("continue")) {
      query.put("resourceVersion", resourceVersion);
      query.put("resourceVersionMatch", "Exact");
    }
    if (!call.name().isEmpty()) {
      query.put("fieldSelector", "metadata.name=" + call.name());
    }
    String target = call.list(query).target();
    ApiAnswer list = exchange.of(head.withFirstLine("GET " + target + " HTTP/1.1"), new byte[0]);
    return call.name().isEmpty() || list.status() != 200 ? list : only(list);
  }

  private static ApiAnswer only(ApiAnswer list) throws IOException {
    JsonNode json = JSON.readTree(list.body());
    JsonNode items = json.path("items");
    if (items.isEmpty()) {
      return ApiAnswer.refusal(404, "NotFound", Optional.empty());
    }
    ObjectNode object = JSON.createObjectNode();
    object.set("apiVersion", json.get("apiVersion"));
    object.put("kind", json.get("kind").asText().replaceAll("List$", ""));
    object.setAll((ObjectNode) items.get(0));
    return new ApiAnswer(list.head(), JSON.writeValueAsBytes(object));
  }
}
