package dev.flightdelay.predictor.network;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/**
 * An HTTP client that does what it is told and nothing by itself, to allowed addresses only: none
 * of them is an internal one that somebody's URI leads to (SSRF).
 */
public final class GuardedHttpClient {

  public static final Duration CONNECT = Duration.ofSeconds(10);

  /** Between two reads; a store that is silent for longer is asked again. */
  public static final Duration SILENCE = Duration.ofSeconds(30);

  private static final int MAX_HEADERS = 200;
  private static final int MAX_HEADER_LENGTH = 32 << 10;

  private GuardedHttpClient() {}

  public static CloseableHttpClient to(AllowedHosts allowed) {
    Timeout connect = Timeout.of(CONNECT);
    Timeout silence = Timeout.of(SILENCE);
    Http1Config limits =
        Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_HEADER_LENGTH)
            .build();
    return HttpClientBuilder.create()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedDnsResolver(allowed))
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder().http1Config(limits).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(silence)
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(silence)
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        // Straight to the host: a proxy would resolve names itself.
        .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
        // A new connection each time is a new check each time.
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setUserAgent("flight-delay-predictor")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }
}
