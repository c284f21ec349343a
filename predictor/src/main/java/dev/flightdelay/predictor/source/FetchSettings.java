package dev.flightdelay.predictor.source;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a model may be fetched.
 *
 * @param maxBytes the largest model that is read (MODEL_MAX_BYTES); at most 2,147,483,639, an
 *     array's limit
 * @param deadline from the first attempt until the bytes are there (MODEL_DEADLINE)
 * @param credentialsDirectory holds the files access-key-id, secret-access-key, region, endpoint
 *     and header, each optional (MODEL_CREDENTIALS_DIR)
 * @param allowedHosts the exceptions to the refusal of internal addresses (MODEL_ALLOWED_HOSTS)
 * @param directory where a download is put, and found again by a restarted container
 * @param mount files named under it must really be in it, whatever links they are named by; files
 *     elsewhere are read as they are
 * @param storageEmulatorHost STORAGE_EMULATOR_HOST, as Google's own clients read it
 * @param googleCredentialsFile GOOGLE_APPLICATION_CREDENTIALS, which Google's library reads itself
 * @param metadataHost GCE_METADATA_HOST, which Google's library reads itself
 */
public record FetchSettings(
    long maxBytes,
    Duration deadline,
    Optional<Path> credentialsDirectory,
    AllowedHosts allowedHosts,
    Path directory,
    Path mount,
    Optional<String> storageEmulatorHost,
    Optional<String> googleCredentialsFile,
    Optional<String> metadataHost) {

  /** 512 MiB. */
  public static final long DEFAULT_MAX_BYTES = 512L << 20;

  public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);

  /** Where the operator mounts volumes, ConfigMaps and the directory for downloads. */
  public static final Path DEFAULT_MOUNT = Path.of("/model");

  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8L;

  public FetchSettings {
    requireNonNull(credentialsDirectory);
    requireNonNull(allowedHosts);
    requireNonNull(directory);
    requireNonNull(mount);
    requireNonNull(storageEmulatorHost);
    requireNonNull(googleCredentialsFile);
    requireNonNull(metadataHost);
    if (maxBytes < 1 || maxBytes > LARGEST_ARRAY) {
      throw invalid(
          "MODEL_MAX_BYTES is " + maxBytes + "; it is a number from 1 to " + LARGEST_ARRAY);
    }
    if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(Duration.ofDays(1)) > 0) {
      throw invalid(
          "MODEL_DEADLINE is " + deadline + "; it is more than nothing and at most a day");
    }
  }

  /**
   * From the environment's variables, with the defaults for those that are absent or empty.
   *
   * @throws ModelFetchException with INVALID_SETTINGS, naming the variable
   */
  public static FetchSettings of(Map<String, String> environment, Path directory) {
    Function<String, Optional<String>> variable =
        name -> Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    return new FetchSettings(
        variable.apply("MODEL_MAX_BYTES").map(FetchSettings::bytes).orElse(DEFAULT_MAX_BYTES),
        variable.apply("MODEL_DEADLINE").map(FetchSettings::duration).orElse(DEFAULT_DEADLINE),
        variable.apply("MODEL_CREDENTIALS_DIR").map(Path::of),
        AllowedHosts.parse(variable.apply("MODEL_ALLOWED_HOSTS").orElse("")),
        directory,
        DEFAULT_MOUNT,
        variable.apply("STORAGE_EMULATOR_HOST"),
        variable.apply("GOOGLE_APPLICATION_CREDENTIALS"),
        variable.apply("GCE_METADATA_HOST"));
  }

  private static long bytes(String value) {
    try {
      return Long.parseLong(value.strip());
    } catch (NumberFormatException e) {
      throw invalid("MODEL_MAX_BYTES is not a number of bytes");
    }
  }

  /** 300 and 300s are seconds, 5m minutes; PT5M is what ISO 8601 and the operator write. */
  private static Duration duration(String value) {
    String text = value.strip().toUpperCase(Locale.ROOT);
    try {
      if (text.startsWith("P")) {
        return Duration.parse(text);
      }
      return Duration.parse(
          "PT" + text + (Character.isDigit(text.charAt(text.length() - 1)) ? "S" : ""));
    } catch (DateTimeParseException e) {
      throw invalid("MODEL_DEADLINE is not a duration such as 300s, 5m or PT5M");
    }
  }

  private static ModelFetchException invalid(String sentence) {
    return new ModelFetchException(Reason.INVALID_SETTINGS, sentence);
  }
}
