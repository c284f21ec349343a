package dev.flightdelay.operator.faults;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request to the API server, read from its method and URL.
 *
 * @param group the API group, empty for the core one
 * @param resource the plural, empty where the request is for no resource (discovery, /version)
 * @param namespace empty for all namespaces and for cluster-scoped resources
 * @param name empty for lists, watches and POST
 * @param subresource such as status, or empty
 */
public record ApiCall(
    String method,
    String path,
    Map<String, String> query,
    String group,
    String resource,
    String namespace,
    String name,
    String subresource) {
  private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> SUBRESOURCES_OF_NAMESPACES = Set.of("status", "finalize");

  static ApiCall of(String method, String target) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    Map<String, String> query = parameters(question < 0 ? "" : target.substring(question + 1));
    List<String> parts = Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    boolean core = !parts.isEmpty() && parts.getFirst().equals("api");
    int resourceAt = core ? 2 : 3;
    String group = core || parts.size() < 2 ? "" : parts.get(1);
    if (parts.size() <= resourceAt || !core && !parts.getFirst().equals("apis")) {
      return new ApiCall(method, path, query, group, "", "", "", "");
    }
    List<String> rest = parts.subList(resourceAt, parts.size());
    String namespace = "";
    if (rest.size() > 2
        && rest.getFirst().equals("namespaces")
        && !SUBRESOURCES_OF_NAMESPACES.contains(rest.get(2))) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    return new ApiCall(
        method, path, query, group, rest.getFirst(), namespace, part(rest, 1), part(rest, 2));
  }

  private static String part(List<String> parts, int index) {
    return index < parts.size() ? parts.get(index) : "";
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : query.split("&")) {
      if (!parameter.isEmpty()) {
        String[] nameAndValue = parameter.split("=", 2);
        String value = nameAndValue.length < 2 ? "" : nameAndValue[1];
        parameters.put(nameAndValue[0], URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  /** The URL again: what is sent on. */
  String target() {
    if (query.isEmpty()) {
      return path;
    }
    return query.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", path + "?", ""));
  }

  boolean isWatch() {
    return method.equals("GET") && Set.of("true", "1").contains(query.getOrDefault("watch", ""));
  }

  /** A read of one object or of a list, which is not a watch. */
  boolean isRead() {
    return method.equals("GET") && !resource.isEmpty() && !isWatch();
  }

  /**
   * Whether the API server's state may be another after it. Reviews (of access, of tokens) store
   * nothing.
   */
  boolean isWrite() {
    return WRITING.contains(method)
        && !query.containsKey("dryRun")
        && !resource.endsWith("reviews");
  }

  /** The same call for the list that the object is in, with other parameters. */
  ApiCall list(Map<String, String> parameters) {
    String listPath =
        name.isEmpty() ? path : path.substring(0, path.lastIndexOf("/" + name + subresourcePath()));
    return new ApiCall(method, listPath, parameters, group, resource, namespace, "", "");
  }

  private String subresourcePath() {
    return subresource.isEmpty() ? "" : "/" + subresource;
  }
}
