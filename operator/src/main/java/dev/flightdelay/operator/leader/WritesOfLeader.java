package dev.flightdelay.operator.leader;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Sends what writes only as long as this replica leads. Beneath the Kubernetes client, so that no
 * way to the API server goes around it, and every retry is a request of its own:
 *
 * <ul>
 *   <li>a write that begins when the replica does not lead fails with {@link NotLeading};
 *   <li>its body, without which the API server does nothing, is checked again when the connection
 *       asks for it: a connection may have taken long, and the process may have stood still;
 *   <li>it must be answered before another replica may begin, by the client's timeout and by the
 *       API server's own, or both give it up.
 * </ul>
 */
final class WritesOfLeader extends HttpClient {

  private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final HttpClient client;
  private final Leadership leadership;

  WritesOfLeader(HttpClient client, Leadership leadership) {
    this.client = requireNonNull(client);
    this.leadership = requireNonNull(leadership);
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return client.send(bounded(request), handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    try {
      return client.sendAsync(bounded(request), handler);
    } catch (NotLeading e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
    try {
      return client.sendAsync(bounded(request), handler, pushes);
    } catch (NotLeading e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private HttpRequest bounded(HttpRequest request) {
    if (leadership.isUndisputed() || !writes(request)) {
      return request;
    }
    Duration left =
        leadership
            .answerWithin()
            .orElseThrow(() -> new NotLeading(request.method(), request.uri().getPath()));
    Duration timeout = request.timeout().filter(own -> own.compareTo(left) < 0).orElse(left);
    HttpRequest.Builder bounded =
        HttpRequest.newBuilder(request, (_, _) -> true)
            .uri(answeredWithin(request.uri(), timeout))
            .timeout(timeout);
    request
        .bodyPublisher()
        .ifPresent(body -> bounded.method(request.method(), whileLeading(body, request)));
    return bounded.build();
  }

  /** Reviews of what somebody may do store nothing, and are asked before anybody leads. */
  private static boolean writes(HttpRequest request) {
    return WRITING.contains(request.method()) && !request.uri().getPath().endsWith("reviews");
  }

  /** As the API server takes it: the parameter timeout of every request that is no watch. */
  private static URI answeredWithin(URI uri, Duration timeout) {
    String separator = uri.getRawQuery() == null ? "?" : "&";
    return URI.create(uri + separator + "timeout=" + Math.max(1, timeout.toMillis()) + "ms");
  }

  private BodyPublisher whileLeading(BodyPublisher body, HttpRequest request) {
    return new BodyOfLeader(
        body, leadership, () -> new NotLeading(request.method(), request.uri().getPath()));
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return client.newWebSocketBuilder();
  }

  @Override
  public void shutdown() {
    client.shutdown();
  }

  @Override
  public boolean awaitTermination(Duration duration) throws InterruptedException {
    return client.awaitTermination(duration);
  }

  @Override
  public boolean isTerminated() {
    return client.isTerminated();
  }

  @Override
  public void shutdownNow() {
    client.shutdownNow();
  }

  @Override
  public void close() {
    client.close();
  }
}
