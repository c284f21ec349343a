package dev.flightdelay.operator.exploration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flightdelay.operator.cluster.ClusterState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What belongs to a model, without what tells of its history, as it rightly does. */
final class Children {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPERATOR = "flightdelay.dev/";

  private Children() {}

  /**
   * All of a model's, routes under the model's own name: one that came in another's place has .2
   * behind it.
   */
  static Map<String, ObjectNode> of(String model, ClusterState cluster) {
    Map<String, ObjectNode> children = new TreeMap<>();
    cluster
        .objects()
        .forEach(
            (object, json) -> {
              String kind = object.split("/")[0];
              String name = object.split("/")[1];
              boolean route = name.equals(model) || name.equals(model + ".2");
              if (!kind.equals("FlightDelayModel") && (route || name.startsWith(model + "-"))) {
                children.put(
                    kind + "/" + (route ? model : name),
                    (ObjectNode) read(json.replace(model + ".2", model)));
              }
            });
    return children;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Only what belongs to some versions.
   *
   * @param versions their names
   */
  static Map<String, ObjectNode> ofVersions(
      String model, Set<String> versions, Map<String, ObjectNode> children) {
    Map<String, ObjectNode> own = new TreeMap<>(children);
    own.keySet()
        .removeIf(
            object ->
                versions.stream()
                    .noneMatch(version -> object.endsWith("/" + model + "-" + version)));
    // Whether it was ever ready depends on what else there was.
    own.values().forEach(child -> annotations(child).remove(OPERATOR + "ready-since"));
    return own;
  }

  /**
   * Two models' children in the same words.
   *
   * @param fixed the versions whose number of pods is the spec's: others decide on the rest
   */
  static Map<String, String> unified(
      Map<String, ObjectNode> children, Map<String, ObjectNode> others, Set<String> fixed) {
    Map<String, String> unified = new TreeMap<>();
    children.forEach(
        (object, child) -> {
          ObjectNode copy = child.deepCopy();
          strip(copy, fixed.stream().anyMatch(version -> object.endsWith("-" + version)));
          ObjectNode other = others.get(object);
          if (isPrescaled(child) || other != null && isPrescaled(other)) {
            ((ObjectNode) copy.get("spec")).remove("minReplicas");
          }
          unified.put(object, copy.toPrettyString());
        });
    return unified;
  }

  private static void strip(ObjectNode child, boolean fixed) {
    ((ObjectNode) child.at("/metadata/labels")).remove(Deed.LABEL);
    ObjectNode annotations = annotations(child);
    // Commands that were carried out, and pods for a share that rose.
    annotations.remove(OPERATOR + "promoted");
    annotations.remove(OPERATOR + "prescale");
    annotations.remove(OPERATOR + "prescale-until");
    if (annotations.isEmpty()) {
      ((ObjectNode) child.get("metadata")).remove("annotations");
    }
    if (!fixed && child.get("kind").textValue().equals("Deployment")) {
      ((ObjectNode) child.get("spec")).remove("replicas");
    }
  }

  private static boolean isPrescaled(ObjectNode child) {
    return annotations(child).has(OPERATOR + "prescale");
  }

  private static ObjectNode annotations(ObjectNode child) {
    return child.at("/metadata/annotations") instanceof ObjectNode annotations
        ? annotations
        : JSON.createObjectNode();
  }
}
