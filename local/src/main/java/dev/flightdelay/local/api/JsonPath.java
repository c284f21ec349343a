package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON paths of printer columns: {@code .status.url}, {@code .spec.ports[0].port}, {@code
 * .status.conditions[?(@.type=="Ready")].status}.
 */
final class JsonPath {

  private static final Pattern STEP =
      Pattern.compile(
          "\\.([A-Za-z0-9_-]+|\\*)"
              + "|\\['([^']+)'\\]"
              + "|\\[(\\d+|\\*)\\]"
              + "|\\[\\?\\(@\\.([A-Za-z0-9_.-]+)\\s*==\\s*[\"']([^\"']*)[\"']\\)\\]");

  private JsonPath() {}

  /** The values at a path; none where there is nothing. */
  static List<JsonNode> find(JsonNode object, String path) {
    List<JsonNode> found = List.of(object);
    Matcher steps = STEP.matcher(path);
    while (steps.find()) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : found) {
        step(node, steps, next);
      }
      found = next;
    }
    return found;
  }

  private static void step(JsonNode node, Matcher step, List<JsonNode> next) {
    String field = step.group(1) != null ? step.group(1) : step.group(2);
    String index = step.group(3);
    if (step.group(4) != null) {
      for (JsonNode item : node) {
        if (item.at("/" + step.group(4).replace('.', '/')).asText().equals(step.group(5))) {
          next.add(item);
        }
      }
    } else if ("*".equals(field) || "*".equals(index)) {
      node.forEach(next::add);
    } else {
      JsonNode inner = field != null ? node.path(field) : node.path(Integer.parseInt(index));
      if (!inner.isMissingNode() && !inner.isNull()) {
        next.add(inner);
      }
    }
  }
}
