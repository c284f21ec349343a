package dev.flightdelay.local.proxy;

import dev.flightdelay.local.proxy.ModelState.Version;
import dev.flightdelay.local.proxy.Route.PathMatch;
import dev.flightdelay.local.proxy.WeightedChoice.Weighted;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The way to a model by its name on this machine, whatever its {@code expose} is: all of it, as on
 * a host of its own, its page too. A cluster has no such way; versions get there what they get of
 * the model's route.
 */
final class LocalhostRoutes {

  /** Of the Service that each version has. */
  private static final IntOrString PORT = new IntOrString(80);

  private static final PathMatch ALL = new PathMatch("/", false);

  private LocalhostRoutes() {}

  static List<Route> of(ModelState model) {
    List<Route> routes = new ArrayList<>();
    for (Version version : model.versions()) {
      List<Weighted<Backend>> only = List.of(new Weighted<>(backend(model, version), 1));
      PathMatch path =
          new PathMatch("/v2/models/%s/versions/%s".formatted(model.name(), version.name()), false);
      routes.add(route(model, path, Map.of(), only));
      routes.add(route(model, ALL, Map.of("x-model-version", version.name()), only));
    }
    List<Weighted<Backend>> shares = shares(model);
    if (!shares.isEmpty()) {
      routes.add(route(model, ALL, Map.of(), shares));
    }
    return routes;
  }

  /** As routed; of a model that has no route, as asked, to what is ready. */
  private static List<Weighted<Backend>> shares(ModelState model) {
    boolean routed = model.versions().stream().anyMatch(version -> version.traffic() > 0);
    ToIntFunction<Version> share =
        version -> routed ? version.traffic() : version.isReady() ? version.asked() : 0;
    return model.versions().stream()
        .filter(version -> share.applyAsInt(version) > 0)
        .map(version -> new Weighted<>(backend(model, version), share.applyAsInt(version)))
        .toList();
  }

  private static Backend backend(ModelState model, Version version) {
    return new Backend(model.namespace(), model.name() + "-" + version.name(), PORT);
  }

  private static Route route(
      ModelState model,
      PathMatch path,
      Map<String, String> headers,
      List<Weighted<Backend>> weights) {
    return new Route(model.localHost(), path, headers, new WeightedChoice<>(weights), weights);
  }
}
