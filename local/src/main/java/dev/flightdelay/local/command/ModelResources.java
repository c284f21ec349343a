package dev.flightdelay.local.command;

import java.util.List;
import java.util.regex.Pattern;

/** The FlightDelayModel of model files and the ConfigMaps that hold them, as YAML. */
final class ModelResources {

  /** The claim that holds files which are too large for a ConfigMap. */
  static final String CLAIM = "local-up";

  /** What spec.versions[].model.maxSize is where nothing else is said. */
  private static final long DEFAULT_MEBIBYTES = 64;

  /** So much of the SHA-256 tells the contents of a version's name from each other. */
  private static final int SHORT_SHA256 = 12;

  private static final Pattern NO_TEXT =
      Pattern.compile("true|false|null|yes|no|on|off|y|n|[0-9].*");

  /** A version of the model. */
  record Version(String name, ModelFile file, int traffic) {}

  private ModelResources() {}

  /**
   * Writes them.
   *
   * @param entry where the estimators are in their files; empty where that goes without saying
   */
  static String yaml(String model, String entry, List<Version> versions) {
    StringBuilder yaml = new StringBuilder();
    versions.stream()
        .filter(version -> version.file().base64().isPresent())
        .forEach(version -> yaml.append(configMap(model, version)));
    yaml.append(
        """
        apiVersion: flightdelay.dev/v1alpha1
        kind: FlightDelayModel
        metadata:
          name: %s
        spec:
          versions:
        """
            .formatted(scalar(model)));
    versions.forEach(version -> yaml.append(version(model, entry, version)));
    yaml.append(
        """
          autoscaling:
            minReplicas: 1
            maxReplicas: 1
        """);
    if (versions.size() > 1) {
      // An Ingress has no weights.
      yaml.append(
          """
            expose:
              type: HTTPRoute
              parentRefs:
              - name: predictions
          """);
    }
    return yaml.toString();
  }

  /** Another content is another ConfigMap: what serves goes on with its own. */
  private static String configMap(String model, Version version) {
    ModelFile file = version.file();
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: %s
        immutable: true
        binaryData:
          %s: %s
        ---
        """
        .formatted(configMapName(model, version), scalar(file.key()), file.base64().orElseThrow());
  }

  private static String configMapName(String model, Version version) {
    return "%s-%s-%s"
        .formatted(model, version.name(), version.file().sha256().substring(0, SHORT_SHA256));
  }

  private static String version(String model, String entry, Version version) {
    ModelFile file = version.file();
    String uri =
        file.base64().isPresent()
            ? "configmap://" + configMapName(model, version) + "/" + file.key()
            : "pvc://" + CLAIM + "/" + file.sha256() + "/" + file.key();
    long mebibytes = (file.size() >> 20) + 1;
    return """
          - name: %s
            model:
              uri: %s
              sha256: %s
        %s%s    traffic: %d
        """
        .formatted(
            version.name(),
            uri,
            file.sha256(),
            entry.isEmpty() ? "" : "      entry: '%s'\n".formatted(entry.replace("'", "''")),
            mebibytes <= DEFAULT_MEBIBYTES ? "" : "      maxSize: %dMi\n".formatted(mebibytes),
            version.traffic());
  }

  /** In quotes what YAML reads as something else than a text. */
  private static String scalar(String text) {
    return NO_TEXT.matcher(text).matches() ? "\"" + text + "\"" : text;
  }
}
