package dev.flightdelay.local.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a URL names: {@code /apis/apps/v1/namespaces/default/deployments/web/status?force=true}.
 *
 * @param group empty for the core group
 * @param namespace empty for all of them, and for kinds without
 * @param name empty for a collection
 * @param subresource empty, or for instance {@code status}
 */
record ResourcePath(
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource,
    Map<String, String> query) {

  /** Empty where the URL is not that of objects: {@code /apis}, {@code /version}. */
  static Optional<ResourcePath> of(String uri) {
    int question = uri.indexOf('?');
    List<String> parts =
        List.of((question < 0 ? uri : uri.substring(0, question)).split("/")).stream()
            .filter(part -> !part.isEmpty())
            .map(ResourcePath::decoded)
            .toList();
    int start;
    String group;
    if (parts.size() > 2 && parts.getFirst().equals("api")) {
      group = "";
      start = 1;
    } else if (parts.size() > 3 && parts.getFirst().equals("apis")) {
      group = parts.get(1);
      start = 2;
    } else {
      return Optional.empty();
    }
    String version = parts.get(start);
    List<String> rest = parts.subList(start + 1, parts.size());
    String namespace = "";
    // /api/v1/namespaces/default is the namespace itself, or its status.
    if (rest.getFirst().equals("namespaces")
        && rest.size() > 2
        && !(rest.size() == 3
            && (rest.get(2).equals("status") || rest.get(2).equals("finalize")))) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    if (rest.size() > 3) {
      return Optional.empty();
    }
    return Optional.of(
        new ResourcePath(
            group,
            version,
            namespace,
            rest.getFirst(),
            rest.size() > 1 ? rest.get(1) : "",
            rest.size() > 2 ? rest.get(2) : "",
            query(question < 0 ? "" : uri.substring(question + 1))));
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        query.put(
            decoded(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return Map.copyOf(query);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  ResourcePath named(String other) {
    return new ResourcePath(group, version, namespace, plural, other, subresource, query);
  }

  String qualifiedPlural() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  boolean isWatch() {
    String watch = query.getOrDefault("watch", "false");
    return watch.equals("true") || watch.equals("1");
  }

  boolean isStatus() {
    return subresource.equals("status");
  }

  boolean isDryRun() {
    return query.getOrDefault("dryRun", "").equals("All");
  }

  /** The address in the form that the store takes apart: no query, no subresource. */
  String store() {
    return (group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version)
        + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
        + "/"
        + plural
        + (name.isEmpty() ? "" : "/" + name);
  }
}
