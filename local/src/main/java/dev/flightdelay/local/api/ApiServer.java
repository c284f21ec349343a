package dev.flightdelay.local.api;

import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.vertx.HttpServerRequestHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * A Kubernetes API in this process, on the loopback interface only: without a cluster, without TLS,
 * without authentication, and without memory once it ends.
 */
public final class ApiServer {

  private static final String LOOPBACK = "127.0.0.1";
  private static final long BOOKMARK_MILLIS = 30_000;
  private static final int MAX_HEADER_BYTES = 64 << 10;

  private final HttpServer server;

  private ApiServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param port 0 for any that is free
   */
  public static Future<ApiServer> start(Vertx vertx, int port) {
    ApiDispatcher dispatcher = new ApiDispatcher();
    HttpServerRequestHandler handler =
        new HttpServerRequestHandler(vertx) {
          @Override
          protected MockResponse onHttpRequest(RecordedRequest request) {
            return dispatcher.dispatch(request);
          }
        };
    vertx.setPeriodic(BOOKMARK_MILLIS, timer -> dispatcher.bookmark());
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setHost(LOOPBACK)
                .setPort(port)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_HEADER_BYTES)
                .setHandle100ContinueAutomatically(true))
        .requestHandler(
            request -> {
              if (isStreamedWatch(request)) {
                watch(dispatcher, request);
              } else {
                handler.handle(request);
              }
            })
        .listen()
        .map(ApiServer::new);
  }

  public String url() {
    return "http://" + LOOPBACK + ":" + server.actualPort();
  }

  /** A watch without a WebSocket: kubectl's. */
  private static boolean isStreamedWatch(HttpServerRequest request) {
    return request.method().equals(io.vertx.core.http.HttpMethod.GET)
        && request.getHeader("Upgrade") == null
        && ResourcePath.of(request.uri()).filter(ResourcePath::isWatch).isPresent();
  }

  private static void watch(ApiDispatcher dispatcher, HttpServerRequest request) {
    RecordedRequest recorded =
        new RecordedRequest(
            "HTTP/1.1",
            HttpMethod.GET,
            request.uri(),
            Headers.builder().addAll(request.headers()).build(),
            null);
    MockResponse answer = dispatcher.dispatch(recorded);
    if (answer.getWebSocketListener() == null) {
      request
          .response()
          .setStatusCode(answer.code())
          .putHeader("Content-Type", "application/json")
          .end(Optional.ofNullable(answer.getBody()).map(body -> body.readUtf8()).orElse(""));
      return;
    }
    request.response().setChunked(true).putHeader("Content-Type", "application/json");
    // So that the client has its answer before the first event.
    request.response().writeHead();
    new StreamedWatch(recorded, request.response()).open(answer);
  }
}
