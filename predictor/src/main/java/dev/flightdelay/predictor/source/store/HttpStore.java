package dev.flightdelay.predictor.source.store;

import dev.flightdelay.predictor.network.GuardedHttpClient;
import dev.flightdelay.predictor.network.HttpAddress;
import dev.flightdelay.predictor.network.InvalidAddressException;
import dev.flightdelay.predictor.network.UriText;
import dev.flightdelay.predictor.source.Download;
import dev.flightdelay.predictor.source.FetchSettings;
import dev.flightdelay.predictor.source.HttpSource;
import dev.flightdelay.predictor.source.ModelFetchException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import dev.flightdelay.predictor.source.RemoteStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;

/** A web server. */
final class HttpStore implements RemoteStore {

  private static final int MAX_REDIRECTS = 5;

  private final HttpSource source;
  private final Optional<String[]> header;
  private final CloseableHttpClient client;

  HttpStore(HttpSource source, FetchSettings settings) {
    this.source = source;
    MountedCredentials mounted = new MountedCredentials(settings.credentialsDirectory());
    this.header = mounted.header();
    if (header.isPresent() && !CredentialHosts.of(mounted).mayHave(source.uri())) {
      throw CredentialHosts.refused(source, source.uri());
    }
    this.client = GuardedHttpClient.to(settings.allowedHosts());
  }

  @Override
  public void send(Download download) throws IOException {
    URI at = source.uri();
    boolean trusted = true;
    for (int redirects = 0; ; redirects++) {
      Optional<URI> next = ask(at, trusted, download);
      if (next.isEmpty()) {
        return;
      }
      if (redirects == MAX_REDIRECTS) {
        throw refused("more than " + MAX_REDIRECTS + " times", null);
      }
      // Once another host has had a say, even the first one gets no credentials any more.
      trusted = trusted && sameOrigin(at, next.get());
      at = next.get();
    }
  }

  /** Takes the body, or says where it is instead. */
  private Optional<URI> ask(URI at, boolean trusted, Download download) throws IOException {
    HttpGet request = new HttpGet(at);
    if (trusted) {
      header.ifPresent(line -> request.setHeader(line[0], line[1]));
    }
    HttpHost host = new HttpHost(at.getScheme(), at.getHost(), HttpAddress.port(at));
    try (ClassicHttpResponse response = client.executeOpen(host, request, null)) {
      try {
        return switch (response.getCode()) {
          case 200 -> {
            receive(response.getEntity(), download);
            yield Optional.empty();
          }
          case 301, 302, 303, 307, 308 -> Optional.of(target(at, response));
          default -> {
            StoreStatus.fail(
                source,
                response.getCode(),
                "put a header that it accepts into the credentials' file header",
                value(response, "Retry-After"));
            throw new AssertionError("any other status is a failure");
          }
        };
      } finally {
        // Closing would otherwise read what is left of the body.
        request.abort();
      }
    }
  }

  private void receive(HttpEntity entity, Download download) throws IOException {
    if (entity == null) {
      download.receive(OptionalLong.of(0), InputStream.nullInputStream());
      return;
    }
    long length = entity.getContentLength();
    download.receive(
        length < 0 ? OptionalLong.empty() : OptionalLong.of(length), entity.getContent());
  }

  private URI target(URI from, ClassicHttpResponse response) {
    String location =
        value(response, "Location").orElseThrow(() -> refused("without saying where to", null));
    URI target;
    try {
      UriText.refuseDotSegments(location);
      target = HttpAddress.checked(from.resolve(location));
    } catch (InvalidAddressException | IllegalArgumentException e) {
      throw refused("to what is no plain http or https URI", e);
    }
    String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw refused("to another scheme than http and https", null);
    }
    if (scheme.equals("http") && from.getScheme().equalsIgnoreCase("https")) {
      throw refused("from https to http", null);
    }
    return target;
  }

  private static Optional<String> value(ClassicHttpResponse response, String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  private ModelFetchException refused(String how, Throwable cause) {
    return new ModelFetchException(
        Reason.REDIRECT_REFUSED,
        source.shown() + " redirects " + how + ", which is not followed; name the model's own URI",
        cause);
  }

  private static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && HttpAddress.port(one) == HttpAddress.port(other);
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
