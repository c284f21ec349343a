package dev.flightdelay.operator.exploration;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.Autoscaling;
import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The status that a model should have at rest, from the API server's objects and the pods' answers
 * alone. Nothing of it is the operator's code: where both say the same, both read the documentation
 * so.
 */
final class Oracle {
  private final Snapshot cluster;
  private final FlightDelayModel model;
  private final FlightDelayModelSpec spec;
  private final String name;
  private final boolean allowed;
  private final Optional<String> hostTakenBy;
  private final List<Route> routes;
  private final Map<String, Integer> weights;
  private final Optional<Route> current;
  private final Optional<Route> kept;
  private final Map<String, VersionView> listed = new LinkedHashMap<>();
  private final Map<String, VersionView> removed = new TreeMap<>();
  private final List<String> reused = new ArrayList<>();

  /** What is to be said, by what it is about. */
  private final Map<String, String> told = new TreeMap<>();

  private Oracle(Snapshot cluster, FlightDelayModel model) {
    this.cluster = requireNonNull(cluster);
    this.model = requireNonNull(model);
    this.spec = model.getSpec();
    this.name = model.getMetadata().getName();
    this.allowed = Allowed.allows(spec.predictor());
    this.hostTakenBy = allowed ? HostOwners.other(model, cluster) : Optional.empty();
    this.routes = cluster.routes(model);
    this.weights =
        routes.stream()
            // The HTTPRoutes first, of one kind the oldest first.
            .sorted(Comparator.comparing(Route::kind).thenComparing(Route::created))
            .map(Route::weights)
            .filter(shares -> !shares.isEmpty())
            .findFirst()
            .orElse(Map.of());
    this.current = routes.stream().filter(this::isAskedFor).findFirst();
    this.kept = kept();
    for (ModelVersion version : spec.versions()) {
      listed.put(version.name(), listed(version));
    }
    cluster.versions(model).stream()
        .filter(version -> !listed.containsKey(version))
        .forEach(version -> removed.put(version, view(version, running(version).orElse(""), 1)));
  }

  /** What the status should say, a line for each part of it. */
  static Map<String, String> of(FlightDelayModel model, Snapshot cluster) {
    Oracle oracle = new Oracle(cluster, model);
    oracle.tell();
    return oracle.told;
  }

  private VersionView listed(ModelVersion version) {
    Optional<String> runs = running(version.name());
    String sha256 = version.model().sha256();
    if (runs.filter(file -> !file.equals(sha256)).isPresent()) {
      // Another file of the same name: its pods may well serve, and are not what was asked for.
      reused.add(version.name());
      VersionView other = view(version.name(), runs.get(), least(version));
      return new VersionView("Failed", other.ready(), other.desired(), false, other.served());
    }
    return view(version.name(), sha256, least(version));
  }

  private VersionView view(String version, String sha256, int least) {
    return VersionView.of(
        cluster.deployment(model, version),
        cluster.deployment(model, version).isPresent() ? cluster.pods(model, version) : List.of(),
        sha256,
        least);
  }

  /** The file that the pods of a version are told to serve. */
  private Optional<String> running(String version) {
    return cluster
        .deployment(model, version)
        .flatMap(
            deployment ->
                deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                    .flatMap(container -> FileKind.sha256(container).stream())
                    .findFirst());
  }

  private Autoscaling autoscaling(ModelVersion version) {
    return version.autoscaling() == null ? spec.autoscaling() : version.autoscaling();
  }

  private int least(ModelVersion version) {
    Autoscaling autoscaling = autoscaling(version);
    return autoscaling.mode() == Autoscaling.Mode.External ? 1 : autoscaling.minReplicas();
  }

  private boolean isAskedFor(Route route) {
    Expose asked = spec.expose();
    if (!route.kind().equals(asked.type().name())
        || !route.isAt(Objects.requireNonNullElse(asked.host(), ""))) {
      return false;
    }
    var via =
        asked.type() == Expose.Type.Ingress
            ? Optional.ofNullable(asked.ingressClassName()).stream().collect(Collectors.toSet())
            : asked.parentRefs().stream()
                .map(
                    parent ->
                        Route.gateway(
                            parent.namespace(), parent.name(), parent.sectionName(), parent.port()))
                .collect(Collectors.toSet());
    return asked.type() == Expose.Type.Ingress
        ? route.via().equals(via)
        : route.via().containsAll(via) || via.containsAll(route.via());
  }

  /** The way in that clients use until what is asked for is followed. */
  private Optional<Route> kept() {
    if (spec.expose().type() == Expose.Type.None || current.filter(Route::followed).isPresent()) {
      return Optional.empty();
    }
    List<Route> others =
        routes.stream()
            .filter(route -> current.filter(route::equals).isEmpty())
            .filter(Route::possible)
            .sorted(Comparator.comparing(Route::created))
            .toList();
    return others.stream()
        .filter(Route::followed)
        .reduce((_, later) -> later)
        .or(() -> others.stream().findFirst())
        .filter(
            other ->
                other.followed()
                    || current
                        .filter(route -> other.created().compareTo(route.created()) > 0)
                        .isEmpty());
  }

  private void tell() {
    told.put("observedGeneration", "" + model.getMetadata().getGeneration());
    Optional<String> url =
        spec.expose().type() == Expose.Type.None
            ? Optional.empty()
            : kept.or(() -> current)
                .map(route -> route.address().orElse("") + "/v2/models/" + name);
    told.put("url", url.orElse("none"));
    told.put("traffic", traffic());
    listed.forEach(
        (version, view) ->
            told.put("version " + version, line(version, phase(version), view, url(url, version))));
    removed.forEach(
        (version, view) -> {
          boolean stays = !allowed || weights.getOrDefault(version, 0) > 0;
          told.put(
              "version " + version, line(version, stays ? view.phase() : "Draining", view, "none"));
        });
    told.put("pods", total(VersionView::ready) + " of " + total(VersionView::desired));
    told.put("Ready", ready());
    progressing().ifPresent(progressing -> told.put("Progressing", progressing));
    told.put("Exposed", exposed());
  }

  private String traffic() {
    return weights.isEmpty()
        ? "none"
        : new TreeMap<>(weights)
            .entrySet().stream()
                .map(share -> share.getKey() + "=" + share.getValue())
                .collect(Collectors.joining(","));
  }

  /** A route that is not written leads only to the versions that it led to. */
  private String url(Optional<String> url, String version) {
    boolean written = allowed && hostTakenBy.isEmpty();
    return url.map(address -> address + "/versions/" + version)
        .filter(
            _ ->
                written
                    || kept.or(() -> current)
                        .filter(
                            route ->
                                route
                                    .paths()
                                    .contains("/v2/models/%s/versions/%s".formatted(name, version)))
                        .isPresent())
        .orElse("none");
  }

  private String phase(String version) {
    boolean unmade = !allowed && cluster.deployment(model, version).isEmpty();
    return unmade ? "Failed" : listed.get(version).phase();
  }

  private String line(String version, String phase, VersionView view, String url) {
    return "%s %d of %d pods, %d %%, serves %s at %s"
        .formatted(
            phase,
            view.ready(),
            view.desired(),
            weights.getOrDefault(version, 0),
            view.served().orElse("nothing"),
            url);
  }

  private int total(ToIntFunction<VersionView> number) {
    return listed.values().stream().mapToInt(number).sum()
        + removed.values().stream().mapToInt(number).sum();
  }

  private boolean hasFailed() {
    return listed.values().stream().anyMatch(VersionView::hasFailed);
  }

  private String ready() {
    if (!allowed) {
      return "False NotAllowed";
    }
    if (!reused.isEmpty()) {
      return "False VersionReused";
    }
    if (hasFailed()) {
      return "False VersionFailed";
    }
    if (hostTakenBy.isPresent()) {
      return "False HostConflict";
    }
    return step().map("False "::concat).orElse("True Serving");
  }

  /** Of what a route in another's way keeps from moving, nothing is told here. */
  private Optional<String> progressing() {
    if (!allowed) {
      return Optional.of("False NotAllowed");
    }
    if (hasFailed()) {
      return Optional.of("False VersionFailed");
    }
    if (hostTakenBy.isPresent() && !weights.isEmpty() && !weights.equals(asked())) {
      return Optional.empty();
    }
    return Optional.of(step().map("True "::concat).orElse("False Complete"));
  }

  private Map<String, Integer> asked() {
    return spec.versions().stream()
        .filter(version -> version.traffic() > 0)
        .collect(Collectors.toMap(ModelVersion::name, ModelVersion::traffic));
  }

  /** What is on its way and does not come. */
  private Optional<String> step() {
    if (listed.values().stream().anyMatch(view -> !view.isReady() && !view.hasFailed())) {
      return Optional.of("RollingOut");
    }
    boolean rises = !weights.isEmpty() && !weights.equals(asked());
    if (rises) {
      boolean given =
          spec.versions().stream()
              .filter(version -> version.traffic() > weights.getOrDefault(version.name(), 0))
              .anyMatch(version -> autoscaling(version).mode() == Autoscaling.Mode.HPA);
      return Optional.of(given ? "PreScaling" : "WaitingForPods");
    }
    if (listed.values().stream().anyMatch(VersionView::rolling)) {
      return Optional.of("RollingOut");
    }
    if (kept.isPresent() && hostTakenBy.isEmpty()) {
      return Optional.of("Rerouting");
    }
    return removed.isEmpty() ? Optional.empty() : Optional.of("Draining");
  }

  private String exposed() {
    Expose.Type type = spec.expose().type();
    if (type == Expose.Type.None) {
      return "False NotAsked";
    }
    if (hostTakenBy.isPresent()) {
      return "False HostConflict";
    }
    if (weights.isEmpty()) {
      return allowed ? "False NothingReady" : "False NotAllowed";
    }
    boolean onlyIngress =
        !allowed && routes.stream().noneMatch(route -> route.kind().equals("HTTPRoute"));
    if (type == Expose.Type.HTTPRoute && !onlyIngress) {
      return current.filter(Route::followed).isPresent()
          ? "True Routed"
          : "Unknown WaitingForGateway";
    }
    return kept.isPresent() ? "Unknown WaitingForAddress" : "True Routed";
  }
}
