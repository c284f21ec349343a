package dev.flightdelay.predictor.network;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;

/**
 * A small document on a web server that is fetched again and again: from allowed addresses only
 * (SSRF), without redirects, bounded in size and time. Over plain http only from a host that is
 * listed in MODEL_ALLOWED_HOSTS by name: who else is on the way could replace it.
 */
public final class GuardedDocument {

  private static final int SILENCE_SECONDS = 5;
  private static final int MAX_SECONDS = 10;
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(MAX_SECONDS, TimeUnit.SECONDS, Runnable::run);

  private final URI uri;
  private final String setting;
  private final int maxBytes;
  private final AllowedHosts allowed;

  /**
   * @param setting what names it, for sentences
   * @param maxBytes how long it may be
   * @throws InvalidAddressException if it is no address that may be fetched
   */
  public GuardedDocument(String address, String setting, AllowedHosts allowed, int maxBytes) {
    this.uri = parsed(address, setting);
    this.setting = setting;
    this.allowed = allowed;
    this.maxBytes = maxBytes;
    if (!uri.getScheme().equalsIgnoreCase("https")
        && !allowed.names(uri.getHost(), HttpAddress.port(uri))) {
      throw refused(
          setting,
          address,
          "is not https://; plain http is taken only from a host that MODEL_ALLOWED_HOSTS lists");
    }
  }

  private static URI parsed(String address, String setting) {
    try {
      return HttpAddress.parse(address);
    } catch (InvalidAddressException e) {
      throw refused(setting, address, e.getMessage());
    }
  }

  private static InvalidAddressException refused(String setting, String address, String why) {
    return new InvalidAddressException(setting + " (" + UriText.shown(address) + ") " + why);
  }

  /**
   * Fetches it. Blocks for at most some ten seconds.
   *
   * @throws IOException if it cannot be had: the message says why, and nothing that a server said
   */
  public byte[] fetch() throws IOException {
    HttpGet request = new HttpGet(uri);
    request.setConfig(
        RequestConfig.custom()
            .setResponseTimeout(Timeout.ofSeconds(SILENCE_SECONDS))
            .setAuthenticationEnabled(false)
            .setRedirectsEnabled(false)
            .build());
    CompletableFuture<Void> tooLong = CompletableFuture.runAsync(request::abort, LATER);
    HttpHost host = new HttpHost(uri.getScheme(), uri.getHost(), HttpAddress.port(uri));
    try (CloseableHttpClient client = GuardedHttpClient.to(allowed);
        ClassicHttpResponse response = client.executeOpen(host, request, null)) {
      try {
        return body(response);
      } catch (IOException | RuntimeException failed) {
        // Closing would otherwise read what is left of the body.
        request.abort();
        throw failed;
      }
    } catch (IOException | IllegalStateException failed) {
      // The client's own words for a request that was ended say nothing of why.
      String why =
          tooLong.isDone() ? "it took more than " + MAX_SECONDS + " s" : failed.getMessage();
      throw new IOException(setting + " (" + UriText.shown(uri.toString()) + "): " + why, failed);
    } finally {
      tooLong.cancel(false);
    }
  }

  private byte[] body(ClassicHttpResponse response) throws IOException {
    if (response.getCode() != 200) {
      throw new IOException("the server answers with status " + response.getCode());
    }
    try (InputStream in =
        response.getEntity() == null
            ? InputStream.nullInputStream()
            : response.getEntity().getContent()) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IOException("the answer is longer than " + maxBytes + " bytes");
      }
      return bytes;
    }
  }
}
