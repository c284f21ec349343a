package dev.flightdelay.operator.exploration;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.exploration.ModelState.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Draws states of models that the API server admits, each from the one before it. */
final class RandomStates {
  private static final List<String> NAMES = List.of("v1", "v2", "v3", "v4");
  private static final int MAX_VERSIONS = 3;

  private static final List<String> AUTOSCALING =
      List.of(
          "{mode: None, minReplicas: 1}",
          "{mode: None, minReplicas: 1}",
          "{mode: None, minReplicas: 2}",
          "{mode: External}",
          "{minReplicas: 1}",
          "{minReplicas: 1, maxReplicas: 3, targetCPUUtilizationPercentage: 50}",
          "{minReplicas: 2, maxReplicas: 4, scaleDownStabilizationSeconds: 0}");

  private static final List<String> EXPOSE =
      List.of(
          "",
          "{type: Ingress, ingressClassName: nginx}",
          "{type: Ingress, host: HOST}",
          "{type: Ingress, host: HOST, ingressClassName: nginx}",
          "{type: Ingress, host: HOST, ingressClassName: other, tlsSecretName: certificate}",
          "{type: Ingress, host: HOST, ingressClassName: SILENT_CLASS}",
          "{type: HTTPRoute, parentRefs: [{name: gateway}]}",
          "{type: HTTPRoute, parentRefs: [{name: gateway}]}",
          "{type: HTTPRoute, host: HOST, parentRefs: [{name: gateway}]}",
          "{type: HTTPRoute, host: HOST, parentRefs: [{name: gateway}]}",
          "{type: HTTPRoute, host: HOST, parentRefs: [{name: gateway}, {name: other}]}",
          "{type: HTTPRoute, host: HOST, parentRefs: [{name: other, sectionName: web, port: 80}]}",
          "{type: HTTPRoute, host: HOST, parentRefs: [{name: SILENT_GATEWAY}]}",
          "{type: None}");

  private static final List<String> PREDICTOR =
      List.of(
          "",
          "",
          "{image: 'registry.example/predictor:2'}",
          "{image: 'registry.example/other:1', imagePullSecrets: [{name: pull}]}",
          "{nodeSelector: {disk: ssd}}",
          "{tolerations: [{key: models, operator: Exists, effect: NoSchedule}]}",
          "{tolerations: [{key: models, value: large, effect: NoExecute, tolerationSeconds: 60}]}",
          "{topologySpreadConstraints: [{topologyKey: kubernetes.io/hostname}]}",
          "{resources: {requests: {cpu: 100m, memory: 300Mi}, limits: {memory: 1024Mi}}}",
          "{serviceAccountName: default}");

  /** What the operator's settings do not list. */
  private static final List<String> NOT_ALLOWED =
      List.of(
          "{image: 'elsewhere.example/predictor:1'}",
          "{tolerations: [{operator: Exists}]}",
          "{nodeSelector: {gpu: 'true'}}");

  private static final List<String> AUTH =
      List.of(
          "",
          "",
          "{apiKeySecret: keys}",
          "{jwt: {issuer: 'https://accounts.example', jwksUri: 'https://accounts.example/keys',"
              + " audiences: [flights], allowed: [{claim: groups, values: [planners]}]}}",
          "{ldap: {url: 'ldaps://directory.example:636', bindDn: 'uid={0},dc=example'}}");

  private static final List<String> LIMITS =
      List.of("", "", "{inFlight: 64}", "{requestsPerSecondPerCaller: 10, connections: 100}");

  private static final List<String> DRAIN = List.of("0", "1", "2", "4");

  private static final List<String> MORE =
      List.of(
          "",
          "",
          "resources: {requests: {cpu: 200m}}",
          "resources: {requests: {cpu: '0.5', memory: 0.5Gi}, limits: {cpu: 1, memory: 1Gi}}",
          // More than any node has.
          "resources: {requests: {cpu: %s}}".formatted(Surroundings.TOO_MUCH_CPU),
          "autoscaling: {mode: None, minReplicas: 2}",
          "autoscaling: {mode: External}",
          "autoscaling: {minReplicas: 1, maxReplicas: 2}");

  private static final List<String> URIS =
      List.of(
          "gs://bucket/%s.pkl",
          "s3://bucket/models/%s.pkl",
          "https://models.example/%s.pkl",
          "pvc://claim/%s.pkl",
          "configmap://files/%s.pkl");

  private final RandomGenerator random;

  RandomStates(RandomGenerator random) {
    this.random = requireNonNull(random);
  }

  ModelState first(String model) {
    ModelState empty = new ModelState(model, List.of(), Map.of(), "first");
    ModelState state =
        empty
            .with("autoscaling", one(AUTOSCALING))
            .with("expose", expose(model))
            .with("predictor", one(PREDICTOR))
            .with("drainSeconds", one(DRAIN));
    int count = 1 + random.nextInt(2);
    List<Version> versions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      versions.add(newVersion(NAMES.get(i)));
    }
    return shared(state.withVersions(versions));
  }

  /** With one thing changed, or two. */
  ModelState next(ModelState before) {
    ModelState once = changed(before);
    return admitted(before, random.nextInt(4) == 0 ? changed(once) : once);
  }

  /** A version's file stays the same for as long as it is listed. */
  private static ModelState admitted(ModelState before, ModelState next) {
    Map<String, Version> known =
        before.versions().stream().collect(Collectors.toMap(Version::name, Function.identity()));
    return next.withVersions(
        next.versions().stream()
            .map(version -> version.withFileOf(known.getOrDefault(version.name(), version)))
            .toList());
  }

  /** What may stay so: allowed, and with traffic only for what can take it, but in one of eight. */
  ModelState last(ModelState before) {
    ModelState next = next(before);
    if (random.nextInt(8) == 0) {
      return next;
    }
    ModelState allowed = isAllowed(next) ? next : next.with("predictor", one(PREDICTOR));
    List<Version> able =
        allowed.versions().stream()
            .filter(version -> version.kind().serves())
            .map(version -> version.withMore(isTooMuch(version) ? "" : version.more()))
            .toList();
    if (able.isEmpty()) {
      return shared(allowed.withVersions(List.of(file("last", FileKind.GOOD))));
    }
    return able.equals(allowed.versions()) ? allowed : shared(allowed.withVersions(able));
  }

  static boolean isAllowed(ModelState state) {
    return !NOT_ALLOWED.contains(state.field("predictor"));
  }

  private static boolean isTooMuch(Version version) {
    return version.more().contains("cpu: " + Surroundings.TOO_MUCH_CPU);
  }

  private ModelState changed(ModelState state) {
    return switch (random.nextInt(16)) {
      case 0, 1 -> shared(state);
      case 2, 3 -> withAnother(state);
      case 4 -> withoutOne(state);
      case 5, 6 -> withOneInsteadOfAnother(state);
      case 7, 8 -> withOtherMore(state);
      case 9 -> state.with("autoscaling", one(AUTOSCALING));
      case 10, 11 -> rerouted(state);
      case 12 ->
          random.nextInt(4) == 0
              ? state.with("predictor", one(NOT_ALLOWED))
              : state.with("predictor", one(PREDICTOR));
      case 13 -> state.with("auth", one(AUTH));
      case 14 -> state.with("limits", one(LIMITS)).with("drainSeconds", one(DRAIN));
      default -> state.withNote("n" + random.nextInt(100));
    };
  }

  private ModelState rerouted(ModelState state) {
    boolean split = state.splits();
    ModelState other = state.with("expose", expose(state.model()));
    return split && !other.splits() ? shared(other) : other;
  }

  private String expose(String model) {
    // Sometimes another model's too: then they are in each other's way.
    String host = random.nextInt(8) == 0 ? "shared.example" : model + ".example";
    return one(EXPOSE)
        .replace("HOST", host)
        .replace("SILENT_CLASS", random.nextInt(3) == 0 ? Surroundings.SILENT_CLASS : "nginx")
        .replace(
            "SILENT_GATEWAY", random.nextInt(3) == 0 ? Surroundings.SILENT_GATEWAY : "gateway");
  }

  private ModelState withAnother(ModelState state) {
    if (state.versions().size() == MAX_VERSIONS) {
      return shared(state);
    }
    List<Version> versions = new ArrayList<>(state.versions());
    versions.add(newVersion(one(unlisted(state))).withTraffic(0));
    ModelState more = state.withVersions(versions);
    return random.nextBoolean() ? shared(more) : more;
  }

  private ModelState withoutOne(ModelState state) {
    if (state.versions().size() == 1) {
      return withOneInsteadOfAnother(state);
    }
    List<Version> versions = new ArrayList<>(state.versions());
    versions.remove(random.nextInt(versions.size()));
    return shared(state.withVersions(versions));
  }

  private ModelState withOneInsteadOfAnother(ModelState state) {
    List<Version> versions = new ArrayList<>(state.versions());
    int gone = random.nextInt(versions.size());
    Version other = newVersion(one(unlisted(state)));
    versions.set(gone, other.withTraffic(versions.get(gone).traffic()));
    return state.withVersions(versions);
  }

  private ModelState withOtherMore(ModelState state) {
    List<Version> versions = new ArrayList<>(state.versions());
    int which = random.nextInt(versions.size());
    versions.set(which, versions.get(which).withMore(one(MORE)));
    return state.withVersions(versions);
  }

  private static List<String> unlisted(ModelState state) {
    List<String> names = new ArrayList<>(NAMES);
    state.versions().forEach(version -> names.remove(version.name()));
    return names;
  }

  private Version newVersion(String name) {
    return file(
        name,
        switch (random.nextInt(12)) {
          case 0 -> FileKind.BROKEN;
          case 1 -> FileKind.ENDLESS;
          case 2 -> FileKind.MISTAKEN;
          case 3, 4 -> FileKind.SLOW;
          default -> FileKind.GOOD;
        });
  }

  /** A name that comes back may have another file. */
  private Version file(String name, FileKind kind) {
    String file = kind.name().toLowerCase() + random.nextInt(3);
    String uri = one(URIS).formatted(file);
    return new Version(name, uri, kind.sha256(random.nextInt(3)), 0, one(MORE));
  }

  /** With the traffic shared out anew. */
  private ModelState shared(ModelState state) {
    List<Version> versions = new ArrayList<>();
    int all = random.nextInt(state.versions().size());
    int left = 100;
    for (int i = 0; i < state.versions().size(); i++) {
      boolean last = i == state.versions().size() - 1;
      int share =
          !state.splits() ? (i == all ? 100 : 0) : last ? left : 10 * random.nextInt(left / 10 + 1);
      left -= share;
      versions.add(state.versions().get(i).withTraffic(share));
    }
    return state.withVersions(versions);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
