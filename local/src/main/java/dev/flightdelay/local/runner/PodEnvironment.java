package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container's environment on this machine. There is no root file system of its own, so a value
 * that is a path below a mount, with or without {@code file:}, becomes the path of that mount's
 * folder.
 */
final class PodEnvironment {

  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$|\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

  private PodEnvironment() {}

  /**
   * The environment of a pod's container.
   *
   * @param mounts the folder of each mounted path
   * @throws PodStartException if a value comes from where local mode has none
   */
  static Map<String, String> of(
      Pod pod, Container container, String address, Map<String, Path> mounts) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (EnvVar variable : container.getEnv()) {
      String value =
          variable.getValueFrom() == null
              ? expanded(variable.getValue() == null ? "" : variable.getValue(), environment)
              : fromField(pod, address, variable.getName(), variable.getValueFrom());
      environment.put(variable.getName(), onThisMachine(value, mounts));
    }
    // A pod has its own network in a cluster; here it has its own address.
    environment.put("ADDRESS", address);
    return environment;
  }

  /** {@code $(NAME)} is what was set before; {@code $$} is one dollar. */
  private static String expanded(String value, Map<String, String> before) {
    Matcher references = REFERENCE.matcher(value);
    return references.replaceAll(
        found ->
            Matcher.quoteReplacement(
                found.group(1) == null ? "$" : before.getOrDefault(found.group(1), found.group())));
  }

  private static String fromField(Pod pod, String address, String name, EnvVarSource source) {
    String path = source.getFieldRef() == null ? "" : source.getFieldRef().getFieldPath();
    return switch (path) {
      case "metadata.name" -> pod.getMetadata().getName();
      case "metadata.namespace" -> pod.getMetadata().getNamespace();
      case "metadata.uid" -> pod.getMetadata().getUid();
      case "status.podIP" -> address;
      default ->
          throw new PodStartException(
              "CreateContainerConfigError",
              "the environment variable %s comes from where local mode has none".formatted(name));
    };
  }

  private static String onThisMachine(String value, Map<String, Path> mounts) {
    String scheme = value.startsWith("file:") ? "file:" : "";
    String path = value.substring(scheme.length()).replaceFirst("^///", "/");
    for (Map.Entry<String, Path> mount : mounts.entrySet()) {
      String at = mount.getKey().replaceFirst("/$", "");
      if (path.equals(at) || path.startsWith(at + "/")) {
        // A plain path: the folder's own name may need quoting in a URI, the rest is one already.
        return scheme.isEmpty()
            ? mount.getValue() + path.substring(at.length())
            : "file:"
                + mount.getValue().toUri().getRawPath().replaceFirst("/$", "")
                + path.substring(at.length());
      }
    }
    return value;
  }
}
