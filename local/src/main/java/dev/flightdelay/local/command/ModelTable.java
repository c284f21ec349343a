package dev.flightdelay.local.command;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The models and their versions as lines of text. */
final class ModelTable {

  private static final List<String> HEAD =
      List.of("MODEL", "VERSION", "PHASE", "READY", "TRAFFIC", "URL");

  private ModelTable() {}

  static List<String> lines(List<GenericKubernetesResource> models, int port) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    List<String> messages = new ArrayList<>();
    for (GenericKubernetesResource model : models) {
      String name = model.getMetadata().getName();
      String url = url(name, port);
      List<Map<String, Object>> versions = versions(model);
      if (versions.isEmpty()) {
        rows.add(List.of(name, "-", "Pending", "-", "-", url));
      }
      for (Map<String, Object> version : versions) {
        rows.add(
            List.of(
                name,
                text(version, "name"),
                text(version, "phase"),
                text(version, "readyReplicas", "0") + "/" + text(version, "desiredReplicas", "0"),
                text(version, "traffic", "0") + "%",
                url));
      }
      state(model).ifPresent(messages::add);
    }
    List<String> lines = new ArrayList<>(aligned(rows));
    lines.addAll(messages);
    return lines;
  }

  /** Why versions cannot be served, in the predictor's words. */
  static List<String> failures(GenericKubernetesResource model) {
    return versions(model).stream()
        .filter(version -> text(version, "phase").equals("Failed"))
        .map(
            version ->
                "%s %s: %s"
                    .formatted(
                        model.getMetadata().getName(),
                        text(version, "name"),
                        text(version, "message")))
        .toList();
  }

  static List<Map<String, Object>> versions(GenericKubernetesResource model) {
    return listOfMaps(model.get("status", "versions"));
  }

  static List<Map<String, Object>> conditions(GenericKubernetesResource model) {
    return listOfMaps(model.get("status", "conditions"));
  }

  /** Whether the status is about the present spec, and all of it serves. */
  static boolean isReady(GenericKubernetesResource model) {
    return isCurrent(model)
        && conditions(model).stream()
            .anyMatch(
                condition ->
                    "Ready".equals(condition.get("type"))
                        && "True".equals(condition.get("status")));
  }

  static boolean isCurrent(GenericKubernetesResource model) {
    Object observed = model.get("status", "observedGeneration");
    return observed instanceof Number number
        && Objects.equals(number.longValue(), model.getMetadata().getGeneration());
  }

  /** Where all of a model is on this machine, its page too: browsers take such a name here. */
  static String url(String model, int port) {
    return "http://%s.localhost:%d/".formatted(model, port);
  }

  /**
   * What the operator says of a model that is not all there: what it waits for, or what is wrong.
   */
  private static Optional<String> state(GenericKubernetesResource model) {
    return conditions(model).stream()
        .filter(condition -> "False".equals(condition.get("status")))
        .filter(condition -> !"Progressing".equals(condition.get("type")))
        // Ready first: it is about the rest too.
        .min(Comparator.comparing(condition -> !"Ready".equals(condition.get("type"))))
        .map(
            condition ->
                "%s: %s (%s)"
                    .formatted(
                        model.getMetadata().getName(),
                        condition.get("message"),
                        condition.get("reason")));
  }

  private static List<Map<String, Object>> listOfMaps(Object value) {
    List<Map<String, Object>> maps = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map) {
          Map<String, Object> copy = new HashMap<>();
          map.forEach((key, inner) -> copy.put(String.valueOf(key), inner));
          maps.add(copy);
        }
      }
    }
    return maps;
  }

  static String text(Map<String, Object> version, String name) {
    return text(version, name, "-");
  }

  private static String text(Map<String, Object> version, String name, String otherwise) {
    Object value = version.get(name);
    return value == null ? otherwise : value.toString();
  }

  private static List<String> aligned(List<List<String>> rows) {
    // So wide that the columns of lines appended one by one stand below each other, mostly.
    int[] widths = {14, 7, 8, 5, 7, 0};
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream()
        .map(
            row -> {
              StringBuilder line = new StringBuilder();
              for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + 2);
              }
              return line.toString().stripTrailing();
            })
        .toList();
  }
}
