package dev.flightdelay.operator.plan;

import dev.flightdelay.operator.api.v1alpha1.PredictorTemplate;
import dev.flightdelay.operator.api.v1alpha1.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which nodes models may choose. An entry is a key, which allows all its values, or key=value; one
 * that ends in * stands for all that begin so.
 *
 * @param tolerations the taints that models may tolerate
 * @param nodeSelectors the labels that models may select nodes by
 */
public record AllowedNodes(List<String> tolerations, List<String> nodeSelectors) {

  /** Those of an installation that says nothing. */
  public static final AllowedNodes NONE = new AllowedNodes(List.of(), List.of());

  public AllowedNodes {
    tolerations = List.copyOf(tolerations);
    nodeSelectors = List.copyOf(nodeSelectors);
  }

  /** What of a template is not allowed, and what to do about it. */
  Optional<String> refuses(PredictorTemplate template) {
    return template.tolerations().stream()
        .map(AllowedNodes::taint)
        .filter(taint -> !lists(tolerations, taint))
        .findFirst()
        .map(
            taint ->
                "spec.predictor.tolerations tolerates %s, which is not one of the operator's"
                        .formatted(taint.isEmpty() ? "every taint" : taint)
                    + " allowedTolerations; leave it out, or have it allowed")
        .or(
            () ->
                new TreeMap<>(template.nodeSelector())
                    .entrySet().stream()
                        .map(AllowedNodes::label)
                        .filter(label -> !lists(nodeSelectors, label))
                        .findFirst()
                        .map(
                            label ->
                                "spec.predictor.nodeSelector has %s, which is not one of the"
                                        .formatted(label)
                                    + " operator's allowedNodeSelectors; leave it out, or have it"
                                    + " allowed"));
  }

  /** With Exists, every value of the key; without a key, everything. */
  private static String taint(Toleration toleration) {
    String key = toleration.key() == null ? "" : toleration.key();
    return toleration.operator() == Toleration.Operator.Exists
        ? key
        : key + "=" + (toleration.value() == null ? "" : toleration.value());
  }

  private static String label(Map.Entry<String, String> label) {
    return label.getKey() + "=" + label.getValue();
  }

  private static boolean lists(List<String> entries, String asked) {
    return entries.stream()
        .anyMatch(
            entry ->
                entry.endsWith("*")
                    ? asked.startsWith(entry.substring(0, entry.length() - 1))
                    : asked.equals(entry) || asked.startsWith(entry + "=") && !entry.contains("="));
  }
}
