package dev.flightdelay.predictor.source;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.network.AllowedHosts;
import dev.flightdelay.predictor.network.InvalidAddressException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a model may be fetched.
 *
 * @param maxBytes the largest model that is read (MODEL_MAX_BYTES); at most 2,147,483,639, an
 *     array's limit
 * @param deadline from the first attempt until the bytes are there (MODEL_DEADLINE)
 * @param credentialsDirectory holds the files access-key-id, secret-access-key, region, endpoint
 *     header and hosts, each optional (MODEL_CREDENTIALS_DIR)
 * @param allowedHosts the exceptions to the refusal of internal addresses (MODEL_ALLOWED_HOSTS)
 * @param directory where a download is put, and found again by a restarted container; where there
 *     is none, each goes into a directory of its own that nobody else may read, and is deleted
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
    Optional<Path> directory,
    Path mount,
    Optional<String> storageEmulatorHost,
    Optional<String> googleCredentialsFile,
    Optional<String> metadataHost) {

  /** 512 MiB. */
  public static final long DEFAULT_MAX_BYTES = 512L << 20;

  public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);

  /** Where the operator mounts volumes, ConfigMaps and the directory for downloads. */
  public static final Path DEFAULT_MOUNT = Path.of("/model");

  private static final long MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8L;

  public FetchSettings {
    requireNonNull(credentialsDirectory);
    requireNonNull(allowedHosts);
    requireNonNull(directory);
    requireNonNull(mount);
    requireNonNull(storageEmulatorHost);
    requireNonNull(googleCredentialsFile);
    requireNonNull(metadataHost);
    if (maxBytes < 1 || maxBytes > MAX_ARRAY_LENGTH) {
      throw invalid(
          "MODEL_MAX_BYTES is " + maxBytes + "; it is a number from 1 to " + MAX_ARRAY_LENGTH);
    }
    if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(Duration.ofDays(1)) > 0) {
      throw invalid(
          "MODEL_DEADLINE is " + deadline + "; it is more than nothing and at most a day");
    }
  }

  /**
   * @param list what MODEL_ALLOWED_HOSTS says
   * @throws ModelFetchException with INVALID_SETTINGS, naming the entry
   */
  public static AllowedHosts allowedHosts(String list) {
    try {
      return AllowedHosts.parse(list);
    } catch (InvalidAddressException e) {
      throw ModelFetchException.of(e);
    }
  }

  private static ModelFetchException invalid(String sentence) {
    return new ModelFetchException(Reason.INVALID_SETTINGS, sentence);
  }
}
