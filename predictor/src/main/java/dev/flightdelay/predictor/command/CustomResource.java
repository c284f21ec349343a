package dev.flightdelay.predictor.command;

import dev.flightdelay.predictor.source.FetchedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code inspect --cr}: the FlightDelayModel that serves a file. With {@code --configmap} the file
 * itself stands before it, so that one {@code kubectl apply --server-side -f -} is all; without it
 * and without {@code --uri} the place that it was uploaded to is left to fill in.
 *
 * @param uri empty where it is not known
 * @param host empty for none of its own
 */
record CustomResource(
    String name,
    String version,
    String entry,
    boolean configMap,
    Optional<String> uri,
    Optional<String> host) {

  static final Set<String> OPTIONS = Set.of("--name", "--version", "--host", "--uri");

  private static final int MAX_NAME = 40;

  /** What a ConfigMap takes, less than. */
  private static final int CONFIG_MAP_BYTES = 1 << 20;

  /** So much of the SHA-256 tells the contents of a version's name from each other. */
  private static final int SHORT_SHA256 = 12;

  private static final Pattern NO_TEXT =
      Pattern.compile("true|false|null|yes|no|on|off|y|n|[0-9].*");

  /** As the definition of the resource has them. */
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");

  private static final Pattern VERSION = Pattern.compile("[a-z0-9]{1,20}");
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern URI =
      Pattern.compile("(gs|s3|https?|pvc|configmap)://[^/\\s'\"#]+/[^\\s'\"#]+");

  /**
   * What is asked for.
   *
   * @param path of the model's file, which the model is named after where nothing else is said
   * @throws CommandException if the resource may not have it
   */
  static CustomResource of(Arguments inspect, Path path) {
    boolean configMap = inspect.has("--configmap");
    Optional<String> uri = checked(inspect, "--uri", URI, "gs://BUCKET/PATH and the like");
    if (configMap && uri.isPresent()) {
      throw new CommandException("the model is either in a --configmap or at a --uri; leave one");
    }
    return new CustomResource(
        checked(inspect, "--name", NAME, "up to 40 of a-z, 0-9 and - between them, a letter first")
            .orElseGet(() -> name(path.getFileName().toString())),
        checked(inspect, "--version", VERSION, "up to 20 of a-z and 0-9").orElse("v1"),
        inspect.value("--entry").orElse(""),
        configMap,
        uri,
        checked(inspect, "--host", HOST, "a host name in lower case"));
  }

  private static Optional<String> checked(
      Arguments inspect, String option, Pattern pattern, String takes) {
    Optional<String> value = inspect.value(option);
    value
        .filter(text -> !pattern.matcher(text).matches())
        .ifPresent(
            text -> {
              throw new CommandException(
                  "%s is '%s'; it takes %s"
                      .formatted(option, text.replaceAll("\\p{Cntrl}", "?"), takes));
            });
    return value;
  }

  /**
   * Writes it.
   *
   * @throws CommandException if no ConfigMap takes the file
   */
  void write(Path path, FetchedModel file, OutputStream out) {
    String key =
        path.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "-").replace("..", "-");
    String yaml = (configMap ? configMap(key, file) : "") + model(key, file);
    try {
      out.write(yaml.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String configMap(String key, FetchedModel file) {
    if (file.size() >= CONFIG_MAP_BYTES) {
      throw new CommandException(
          "the file has %,d bytes, and a ConfigMap takes less than 1 MiB; upload it, to gs://, s3:// or https://, and say where by --uri"
              .formatted(file.size()));
    }
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
        .formatted(
            configMapName(file), scalar(key), Base64.getEncoder().encodeToString(file.bytes()));
  }

  /** Another content is another ConfigMap: what serves goes on with its own. */
  private String configMapName(FetchedModel file) {
    return "%s-%s-%s".formatted(name, version, file.sha256().substring(0, SHORT_SHA256));
  }

  private String model(String key, FetchedModel file) {
    String place =
        configMap
            ? "      uri: configmap://%s/%s\n".formatted(configMapName(file), key)
            : uri.map("      uri: %s\n"::formatted)
                .orElse(
                    """
                          # Upload the file and write its place here; s3:// and https:// work too.
                          uri: gs://YOUR-BUCKET/%s
                    """
                        .formatted(key));
    return """
        apiVersion: flightdelay.dev/v1alpha1
        kind: FlightDelayModel
        metadata:
          name: %s
        spec:
          versions:
          - name: %s
            model:
        %s      sha256: %s
        %s%s    traffic: 100
        %s"""
        .formatted(
            scalar(name),
            scalar(version),
            place,
            file.sha256(),
            entry.isEmpty() ? "" : "      entry: " + quoted(entry) + "\n",
            maxSize(file.size()),
            expose());
  }

  /** What is left to fill in has an example of a host too; all else is to be applied as it is. */
  private String expose() {
    boolean toFillIn = !configMap && uri.isEmpty();
    return host.or(() -> toFillIn ? Optional.of(name + ".example.com") : Optional.empty())
        .map(CustomResource::scalar)
        .map("  expose:\n    type: Ingress\n    host: %s\n"::formatted)
        .orElse("");
  }

  /** The resource's default of 64Mi is enough for most; a larger file says so. */
  private static String maxSize(long size) {
    long mebibytes = (size >> 20) + 1;
    return mebibytes <= 64 ? "" : "      maxSize: %dMi\n".formatted(mebibytes);
  }

  private static String name(String fileName) {
    int dot = fileName.indexOf('.');
    String name =
        (dot > 0 ? fileName.substring(0, dot) : fileName)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+", "");
    name = name.substring(0, Math.min(name.length(), MAX_NAME)).replaceAll("-+$", "");
    return name.isEmpty() ? "model" : name;
  }

  /** In quotes what YAML reads as something else than a text. */
  private static String scalar(String text) {
    return NO_TEXT.matcher(text).matches() ? "\"" + text + "\"" : text;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''").replaceAll("\\p{Cntrl}", "") + "'";
  }
}
