package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.dialect.Contract;
import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.JsonErrors;
import dev.flightdelay.predictor.dialect.Pages;
import dev.flightdelay.predictor.dialect.TensorDialect;
import dev.flightdelay.predictor.dialect.all.Dialects;
import dev.flightdelay.predictor.dialect.legacy.ListFieldDialect;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.ServedModel;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Finds what answers a path. There is one before there is a model, and another when there is. */
final class Router {

  private static final String RETRY = "Retry-After: 1\r\n";
  private static final String DOCS = "/docs";

  private final ResponseHeads heads;
  private final RequestMetrics metrics;
  private final RequestMetrics.Series none;
  private final Map<String, Route> routes = new HashMap<>();
  private final Set<String> open =
      new HashSet<>(
          List.of(
              "/",
              DOCS,
              "/openapi.json",
              "/livez",
              "/readyz",
              "/v2/health/live",
              "/v2/health/ready"));
  private final Readiness notReady;
  private final Pages pages;
  private final String servedName;

  private Router(
      ResponseHeads heads,
      RequestMetrics metrics,
      Readiness notReady,
      Pages pages,
      String servedName) {
    this.heads = heads;
    this.metrics = metrics;
    this.none = metrics.series("none");
    this.notReady = notReady;
    this.pages = pages;
    this.servedName = servedName;
    RequestMetrics.Series health = metrics.series("health");
    fixed("/livez", "{\"live\":true}", health);
    fixed("/v2/health/live", "{\"live\":true}", health);
    routes.put("/v2", Route.get(json(TensorDialect.server(version()), metrics.series("metadata"))));
  }

  /** Routes while there is no model: health says why, everything else that it comes later. */
  static Router withoutModel(Readiness readiness, RequestMetrics metrics) {
    Router router = new Router(ResponseHeads.withoutModel(), metrics, readiness, null, null);
    RequestMetrics.Series health = metrics.series("health");
    Route notReady = Route.get(() -> router.notReady(health));
    router.routes.put("/readyz", notReady);
    router.routes.put("/v2/health/ready", notReady);
    return router;
  }

  static Router of(ServedModel model, Pages pages, DataPlaneLimits limits, RequestMetrics metrics) {
    Router router = new Router(ResponseHeads.of(model), metrics, null, pages, model.name());
    router.serve(model, limits);
    return router;
  }

  /** Whether everybody may ask that: health, and what shows names only. */
  boolean isOpen(RequestHead request) {
    return (request.method.equals(HttpMethod.GET) || request.method.equals(HttpMethod.HEAD))
        && (open.contains(request.path) || request.path.startsWith(DOCS + "/"));
  }

  ResponseHeads heads() {
    return heads;
  }

  /** Where requests are counted that reach no endpoint. */
  RequestMetrics.Series none() {
    return none;
  }

  /** The route of a path, or null. */
  Route route(String path) {
    Route route = routes.get(path);
    if (route == null
        && pages != null
        && path.startsWith(DOCS)
        && (path.length() == DOCS.length() || path.charAt(DOCS.length()) == '/')) {
      return pages
          .asset(path)
          .map(
              asset -> {
                FixedAnswer answer =
                    new FixedAnswer(
                        200,
                        heads.of(200, asset.contentType()),
                        "",
                        asset.bytes(),
                        metrics.series("page"));
                return Route.get(() -> answer);
              })
          .orElse(null);
    }
    return route;
  }

  /** The paths that are answered, without those below /docs. */
  Set<String> paths() {
    return Set.copyOf(routes.keySet());
  }

  /** The answer for a path without a route. */
  FixedAnswer unknown(RequestHead request) {
    if (notReady != null) {
      return error(request, 503, RETRY, "the model is not there yet: " + notReady.reason());
    }
    String message = "there is nothing at this path; GET /docs describes what there is";
    for (String prefix : List.of("/v2/models/", "/v1/models/")) {
      if (request.path.startsWith(prefix)) {
        message =
            "there is no such model or version at this path; this server serves "
                + prefix
                + servedName;
      }
    }
    return error(request, 404, "", message);
  }

  FixedAnswer notAllowed(RequestHead request, Route route) {
    String allowed = route.allowed();
    return error(request, 405, "Allow: " + allowed + "\r\n", "this path answers only " + allowed);
  }

  FixedAnswer unsupported(RequestHead request, Route route, String found) {
    return error(request, 415, "", "the body is " + found + "; send " + route.accepted());
  }

  FixedAnswer overloaded(RequestHead request, PredictionEndpoint endpoint, int limit) {
    return overloaded(
        request, endpoint, "more than " + limit + " requests are in flight; try again");
  }

  /** The answer where too many wait already. */
  FixedAnswer congested(RequestHead request, PredictionEndpoint endpoint) {
    return overloaded(
        request, endpoint, "more is asked than this server can answer in time; try again");
  }

  private FixedAnswer overloaded(RequestHead request, PredictionEndpoint endpoint, String message) {
    FixedAnswer answer = error(request, 503, RETRY, message);
    return new FixedAnswer(
        answer.status(), answer.head(), answer.extra(), answer.body(), endpoint.series());
  }

  /**
   * An answer to who may not call, in the shape that answers to such requests have. The body is not
   * looked at: it is from nobody knows whom.
   */
  FixedAnswer refused(RequestHead request, Route route, int status, String extra, String message) {
    PredictionEndpoint endpoint =
        route == null || !request.method.equals(HttpMethod.POST)
            ? null
            : route.likelyEndpoint(request.mediaType);
    if (endpoint == null) {
      return error(request, status, extra, message);
    }
    JsonWriter out = new JsonWriter();
    endpoint.dialect().refuse(PredictionEndpoint.NO_BODY, message, out);
    byte[] head = endpoint.dialect().answersHtml() ? heads.html(status) : heads.json(status);
    return new FixedAnswer(status, head, extra, out.toBytes(), endpoint.series());
  }

  /**
   * An answer to who calls too often.
   *
   * @param nanos after how long there is room again
   */
  FixedAnswer tooMany(RequestHead request, Route route, int perSecond, long nanos) {
    long seconds = Math.ceilDiv(nanos, 1_000_000_000L);
    return refused(
        request,
        route,
        429,
        "Retry-After: " + seconds + "\r\n",
        "a caller may ask " + perSecond + " times a second here; try again later");
  }

  /** An error in the shape that the request's path has. */
  FixedAnswer error(RequestHead request, int status, String extra, String message) {
    JsonWriter out = new JsonWriter();
    if (request.method.equals(HttpMethod.POST) && request.path.equals("/")) {
      ListFieldDialect.writeError(message, out);
    } else {
      JsonErrors.write(message, out);
    }
    return new FixedAnswer(status, heads.json(status), extra, out.toBytes(), none);
  }

  private void serve(ServedModel model, DataPlaneLimits limits) {
    Contract contract =
        new Contract(model.name(), model.version(), model.signature(), limits.maxRows());
    RequestMetrics.Series health = metrics.series("health");
    RequestMetrics.Series metadata = metrics.series("metadata");
    RequestMetrics.Series page = metrics.series("page");
    fixed("/readyz", "{\"ready\":true}", health);
    fixed("/v2/health/ready", "{\"ready\":true}", health);

    TensorDialect tensors = new TensorDialect(contract);
    for (String path : List.of("", "/versions/" + model.version())) {
      String base = "/v2/models/" + model.name() + path;
      routes.put(base, Route.get(json(tensors.metadata(), metadata)));
      open.add(base + "/ready");
      routes.put(base + "/ready", Route.get(json(tensors.ready(), metadata)));
    }

    String v1 = "/v1/models/" + model.name();
    byte[] models = new JsonWriter().raw("{\"models\":[").string(model.name()).raw("]}").toBytes();
    routes.put("/v1/models", Route.get(json(models, metadata)));
    routes.put(v1, Route.get(json(tensors.ready(), metadata)));
    byte[] html = heads.html(200);
    routes.put("/", Route.get(() -> new FixedAnswer(200, html, "", pages.form(), page)));
    byte[] json = heads.jsonOk();
    routes.put(
        "/openapi.json",
        Route.get(() -> new FixedAnswer(200, json, "", pages.openApi(), metadata)));
    for (Dialect dialect : Dialects.of(contract, pages)) {
      Route route = Route.post(endpoint(dialect, model));
      dialect.paths().forEach(at -> routes.merge(at.path(), route, Route::and));
    }
  }

  private PredictionEndpoint endpoint(Dialect dialect, ServedModel model) {
    return new PredictionEndpoint(dialect, model, metrics.series(dialect.name()));
  }

  private void fixed(String path, String body, RequestMetrics.Series series) {
    routes.put(path, Route.get(json(body.getBytes(StandardCharsets.US_ASCII), series)));
  }

  private Supplier<FixedAnswer> json(byte[] body, RequestMetrics.Series series) {
    FixedAnswer answer = new FixedAnswer(200, heads.jsonOk(), "", body, series);
    return () -> answer;
  }

  private FixedAnswer notReady(RequestMetrics.Series health) {
    byte[] body =
        new JsonWriter()
            .raw("{\"ready\":false,\"reason\":")
            .string(notReady.reason())
            .raw('}')
            .toBytes();
    return new FixedAnswer(503, heads.json(503), RETRY, body, health);
  }

  private static String version() {
    String version = Router.class.getPackage().getImplementationVersion();
    return version == null ? "unreleased" : version;
  }
}
