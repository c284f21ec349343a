package dev.flightdelay.operator.status;

import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.child.PredictorDeployment;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import dev.flightdelay.operator.observe.VersionHealth;
import dev.flightdelay.operator.plan.Refusal;
import dev.flightdelay.operator.plan.Refusal.Reason;
import dev.flightdelay.operator.rollout.Hold;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is said of each version: those listed, and those that are on their way out.
 *
 * @param address where the model is reached, if it is
 */
record VersionRows(Findings findings, Optional<RoutedAddress> address) {

  private static final int MAX_CLASSES = 100;

  List<VersionStatus> all() {
    return Stream.concat(
            findings.spec().versions().stream().map(this::listed),
            findings.removed().map(this::removed))
        .toList();
  }

  private VersionStatus listed(ModelVersion version) {
    VersionHealth health = findings.health(version);
    // What has pods tells of them; why they are not changed stands in the conditions.
    Optional<Refusal> refusal =
        refusal(version.name())
            .filter(_ -> findings.observed().child(Deployment.class, version.name()).isEmpty());
    return row(
        version.name(),
        refusal.map(why -> unmade(why.reason())).orElse(health.phase()),
        health,
        address.flatMap(route -> url(route, version.name())).orElse(null),
        refusal.map(Refusal::message).or(() -> message(version, health)).orElse("serving"));
  }

  private static Phase unmade(Reason reason) {
    return switch (reason) {
      case Deleting -> Phase.Draining;
      case PredecessorRemains -> Phase.Pending;
      case NotAllowed,
          NameConflict,
          HostConflict,
          VersionReused,
          GatewayApiMissing,
          Rejected,
          Forbidden ->
          Phase.Failed;
    };
  }

  /** A route that is not written leads only to the versions that it led to. */
  private Optional<String> url(RoutedAddress route, String version) {
    boolean written =
        findings.plan().refusal().isEmpty() && findings.plan().exposeRefusal().isEmpty();
    return Optional.of(route.url() + "/versions/" + version)
        .filter(_ -> written || route.leadsTo(version, findings.naming()));
  }

  /** Why a version is not made or changed. */
  private Optional<Refusal> refusal(String version) {
    return findings
        .plan()
        .refusal()
        .or(() -> Optional.ofNullable(findings.conflicts().get(version)))
        .or(() -> Optional.ofNullable(findings.plan().refused().get(version)));
  }

  private Optional<String> message(ModelVersion version, VersionHealth health) {
    return Optional.ofNullable(findings.plan().rollout().held().get(version.name()))
        .filter(_ -> health.phase() == Phase.Ready)
        .flatMap(hold -> hold.told(new ListedVersion(findings, version)))
        .map(Hold.Told::row)
        .or(health::message);
  }

  private VersionStatus removed(String name) {
    VersionHealth health = findings.removedHealth(name);
    boolean stays = findings.weight(name) > 0 || findings.plan().refusal().isPresent();
    return row(
        name,
        stays ? health.phase() : Phase.Draining,
        health,
        null,
        "removed from the spec; " + leaving(name));
  }

  private String leaving(String version) {
    if (findings.plan().refusal().isPresent()) {
      return findings.plan().refusal().get().reason() == Reason.Deleting
          ? "it goes with the model"
          : "it stays as it is until the spec is one that is allowed";
    }
    if (findings.weight(version) > 0) {
      return "it keeps its traffic until the versions listed can take it";
    }
    return findings
        .observed()
        .child(Deployment.class, version)
        .flatMap(PredictorDeployment::drainUntil)
        .map(until -> "its pods end at " + until)
        .orElse("its pods end soon");
  }

  private VersionStatus row(
      String name, Phase phase, VersionHealth health, String url, String message) {
    return new VersionStatus(
        name,
        phase,
        health.readyReplicas(),
        health.desiredReplicas(),
        findings.weight(name),
        url,
        health.served().map(Served::sha256).orElse(null),
        health.served().map(Served::estimator).orElse(null),
        health.served().map(Served::features).orElse(null),
        health.served().map(Served::classes).orElse(List.of()).stream().limit(MAX_CLASSES).toList(),
        message);
  }
}
