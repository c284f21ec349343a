package dev.flightdelay.predictor.dataplane.route;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.scoring.PredictionEndpoint;
import dev.flightdelay.predictor.dataplane.scoring.RequestMetrics;
import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.MediaType;
import dev.flightdelay.predictor.dialect.Pages;
import dev.flightdelay.predictor.dialect.all.Dialects;
import dev.flightdelay.predictor.dialect.oip.ModelTensors;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.ServedModel;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What answers which path. There are some before there is a model, and others when there is. */
public final class Routes {

  private static final String DOCS = "/docs";
  private static final byte[] NOTHING = {};

  private final ResponseHeads heads;
  private final RequestMetrics metrics;
  private final Refusals refusals;
  private final Map<String, Route> routes = new HashMap<>();

  /** Below /docs, as far as it was asked for. */
  private final Map<String, Route> documentation = new ConcurrentHashMap<>();

  private final Set<String> open =
      new HashSet<>(
          List.of(
              "/",
              DOCS,
              "/openapi.json",
              "/livez",
              "/readyz",
              "/ping",
              "/health",
              "/v2/health/live",
              "/v2/health/ready"));
  private final Pages pages;
  private final Aliases aliases;

  private Routes(
      ResponseHeads heads,
      RequestMetrics metrics,
      Refusals refusals,
      Pages pages,
      Aliases aliases) {
    this.heads = heads;
    this.metrics = metrics;
    this.refusals = refusals;
    this.pages = pages;
    this.aliases = aliases;
    RequestMetrics.Series health = metrics.series("health");
    fixed("/livez", "{\"live\":true}", health);
    fixed("/v2/health/live", "{\"live\":true}", health);
    routes.put("/v2", Route.get(json(ModelTensors.server(version()), metrics.series("metadata"))));
    FixedAnswer version =
        new FixedAnswer(
            200,
            heads.of(200, "text/plain"),
            "",
            version().getBytes(StandardCharsets.US_ASCII),
            metrics.series("metadata"));
    routes.put("/version", Route.get(() -> version));
  }

  /** Routes while there is no model: health says why, everything else that it comes later. */
  public static Routes withoutModel(Readiness readiness, RequestMetrics metrics, Aliases aliases) {
    ResponseHeads heads = ResponseHeads.withoutModel();
    Routes table =
        new Routes(heads, metrics, Refusals.withoutModel(heads, metrics, readiness), null, aliases);
    RequestMetrics.Series health = metrics.series("health");
    Route notReady = Route.get(() -> notReady(readiness, heads, health));
    table.routes.put("/readyz", notReady);
    table.routes.put("/v2/health/ready", notReady);
    table.aliasHealth();
    return table;
  }

  /** Routes of a model. */
  public static Routes of(
      ServedModel model,
      Pages pages,
      DataPlaneLimits limits,
      RequestMetrics metrics,
      Aliases aliases) {
    ResponseHeads heads = ResponseHeads.of(model);
    Routes table = new Routes(heads, metrics, Refusals.of(model, heads, metrics), pages, aliases);
    table.serve(model, limits);
    return table;
  }

  /** Whether everybody may ask that: health, and what shows names only. */
  public boolean isOpen(Request request) {
    return request.reads()
        && (open.contains(request.path()) || request.path().startsWith(DOCS + "/"));
  }

  public ResponseHeads heads() {
    return heads;
  }

  public Refusals refusals() {
    return refusals;
  }

  /** The route of a path, or null. */
  public Route route(String path) {
    Route route = routes.get(path);
    if (route == null
        && pages != null
        && path.startsWith(DOCS)
        && (path.length() == DOCS.length() || path.charAt(DOCS.length()) == '/')) {
      return pages
          .asset(path)
          .map(
              asset ->
                  documentation.computeIfAbsent(
                      path,
                      it ->
                          Route.get(
                              new Revalidated(
                                  heads,
                                  heads.of(200, asset.contentType()),
                                  asset::bytes,
                                  metrics.series("page")))))
          .orElse(null);
    }
    return route;
  }

  /** The paths that are answered, without those below /docs. */
  public Set<String> paths() {
    return Set.copyOf(routes.keySet());
  }

  /** The answer to a request of that route where it does not depend on a body; or null. */
  public FixedAnswer withoutBody(Request request, Route route) {
    if (request.method().equals(HttpMethod.OPTIONS)
        && (route != null || request.path().equals("*"))) {
      return options(route == null ? "GET, HEAD, POST, OPTIONS" : route.allowed());
    }
    if (route == null) {
      return refusals.unknown(request);
    }
    if (request.method().equals(HttpMethod.POST)) {
      if (route.post().isEmpty()) {
        return refusals.notAllowed(request, route);
      } else if (request.mediaType() == MediaType.OTHER) {
        return refusals.unsupported(request, route, "of another type");
      } else if (request.otherCoding()) {
        return refusals.otherCoding(request);
      } else if (request.binaryData() && !route.takesBinaryData()) {
        return refusals.error(request, 400, "", "this path takes no binary data; send JSON");
      }
      return null;
    }
    return route.get() != null && request.reads()
        ? route.get().get()
        : refusals.notAllowed(request, route);
  }

  private FixedAnswer options(String allowed) {
    return new FixedAnswer(
        204, heads.noContent(), "Allow: " + allowed + "\r\n", NOTHING, metrics.series("metadata"));
  }

  private void serve(ServedModel model, DataPlaneLimits limits) {
    DialectSettings settings = DialectSettings.of(model, limits.maxRows());
    RequestMetrics.Series health = metrics.series("health");
    RequestMetrics.Series metadata = metrics.series("metadata");
    RequestMetrics.Series page = metrics.series("page");
    fixed("/readyz", "{\"ready\":true}", health);
    // What MLflow's server says of its health; SageMaker looks at the status only.
    fixed("/ping", "\n", health);
    fixed("/health", "\n", health);
    fixed("/v2/health/ready", "{\"ready\":true}", health);

    ModelTensors tensors = new ModelTensors(settings);
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
    routes.put("/", Route.get(new Revalidated(heads, html, pages::form, page)));
    byte[] json = heads.jsonOk();
    routes.put("/openapi.json", Route.get(new Revalidated(heads, json, pages::openApi, metadata)));
    for (Dialect dialect : Dialects.of(settings, pages)) {
      Route route = Route.post(endpoint(dialect, model));
      dialect.paths().forEach(at -> routes.merge(at.path(), route, Route::and));
    }
    aliases.predict().ifPresent(path -> aliasPrediction(path, routes.get(v1 + ":predict")));
    aliasHealth();
  }

  /** Version 1 first: whoever has it asked there wants it before another dialect. */
  private void aliasPrediction(String path, Route prediction) {
    Route there = routes.get(path);
    if (there != prediction) {
      routes.put(path, there == null ? prediction : prediction.and(there));
    }
  }

  private void aliasHealth() {
    aliases.health().ifPresent(this::aliasHealth);
  }

  private void aliasHealth(String path) {
    open.add(path);
    routes.merge(path, routes.get("/readyz"), Route::and);
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

  private static FixedAnswer notReady(
      Readiness readiness, ResponseHeads heads, RequestMetrics.Series health) {
    byte[] body =
        new JsonWriter()
            .raw("{\"ready\":false,\"reason\":")
            .string(readiness.reason())
            .raw('}')
            .toBytes();
    return new FixedAnswer(503, heads.json(503), Refusals.RETRY, body, health);
  }

  private static String version() {
    String version = Routes.class.getPackage().getImplementationVersion();
    return version == null ? "unreleased" : version;
  }
}
