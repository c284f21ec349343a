package dev.flightdelay.predictor.source.store;

import dev.flightdelay.predictor.network.AllowedHosts;
import dev.flightdelay.predictor.network.HttpAddress;
import dev.flightdelay.predictor.network.UriText;
import dev.flightdelay.predictor.source.ModelFetchException;
import dev.flightdelay.predictor.source.ModelSource;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hosts that a mounted Secret is for: who may name a Secret may also name a host, and must not
 * thereby have the one sent to the other. They are those that its key hosts lists, and its own
 * endpoint; where it lists none, also the stores' own, by https.
 *
 * @param listed by the Secret; empty where it says nothing
 */
record CredentialHosts(Optional<AllowedHosts> listed, Optional<Endpoint> endpoint) {

  /**
   * S3 itself: under amazonaws.com there are also machines and functions of anybody.
   * https://docs.aws.amazon.com/general/latest/gr/s3.html
   */
  private static final Pattern S3 =
      Pattern.compile(
          "(.+\\.)?s3(-fips|-accelerate)?(\\.dualstack)?([.-][a-z]{2}(-[a-z]+)+-\\d+)?(\\.vpce)?"
              + "\\.amazonaws\\.com(\\.cn)?");

  private static final Pattern GCS = Pattern.compile("(.+\\.)?storage\\.googleapis\\.com");

  static CredentialHosts of(MountedCredentials mounted) {
    return new CredentialHosts(
        mounted.hosts(),
        mounted.endpoint().map(uri -> Endpoint.of(uri, "the credentials' file endpoint")));
  }

  /** Whether what is secret may be sent there. */
  boolean mayHave(URI to) {
    String host = to.getHost().toLowerCase(Locale.ROOT);
    int port = HttpAddress.port(to);
    boolean own = endpoint.filter(at -> at.host().equals(host) && at.port() == port).isPresent();
    return own
        || listed.map(hosts -> hosts.names(host, port)).orElseGet(() -> isAStoresOwn(to, host));
  }

  /** Whether it is Amazon's S3, by https. */
  static boolean isS3(URI to) {
    return isHttps(to) && S3.matcher(to.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  private static boolean isAStoresOwn(URI to, String host) {
    return isS3(to) || isHttps(to) && GCS.matcher(host).matches();
  }

  private static boolean isHttps(URI to) {
    return to.getScheme().equalsIgnoreCase("https");
  }

  /** The refusal to send it there. */
  static ModelFetchException refused(ModelSource source, URI to) {
    String host = to.getHost().toLowerCase(Locale.ROOT);
    String at = to.getPort() == -1 ? host : host + ":" + to.getPort();
    return new ModelFetchException(
        ModelFetchException.Reason.INVALID_SETTINGS,
        source.shown()
            + " is not fetched: the credentials are not for "
            + UriText.shown(at)
            + "; if they are, list it in their file hosts, such as "
            + UriText.shown(at)
            + ",models.example");
  }
}
