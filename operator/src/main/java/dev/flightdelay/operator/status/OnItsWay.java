package dev.flightdelay.operator.status;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.observe.VersionHealth;
import dev.flightdelay.operator.rollout.Hold;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is on its way: of several steps, the one that the others wait for. */
record OnItsWay(Findings findings, Exposure exposure) {

  /** The reason where no further pods are made, which does not end by itself. */
  private static final String STUCK = "RolloutStuck";

  /**
   * A step that is not done yet.
   *
   * @param reason of the condition that tells of it
   */
  record Step(String reason, String message) {}

  Optional<Step> first() {
    return starting()
        .or(this::waiting)
        .or(this::rolling)
        .or(this::routing)
        .or(() -> exposure.rerouting().map(message -> new Step("Rerouting", message)))
        .or(this::leaving);
  }

  private Optional<Step> starting() {
    return findings.spec().versions().stream()
        .filter(version -> findings.health(version).phase() != Phase.Ready)
        .filter(version -> findings.health(version).phase() != Phase.Failed)
        .findFirst()
        .map(version -> rollingOut(version, "starting"));
  }

  /** What stops the whole route goes before what only one version waits for. */
  private Optional<Step> waiting() {
    Map<String, Hold> held = findings.plan().rollout().held();
    return Stream.concat(
            held.entrySet().stream().filter(each -> each.getValue().stopsTheRoute()),
            findings.spec().versions().stream()
                .filter(version -> held.containsKey(version.name()))
                .map(version -> Map.entry(version.name(), held.get(version.name()))))
        .flatMap(each -> waiting(each.getKey(), each.getValue()).stream())
        .findFirst();
  }

  /** A version that is not listed any more only gets back what it had: nobody waits for that. */
  private Optional<Step> waiting(String name, Hold hold) {
    return findings
        .listed(name)
        .flatMap(
            version ->
                hold.told(new ListedVersion(findings, version))
                    .map(
                        told ->
                            new Step(
                                findings.isStuck(version) ? STUCK : told.reason(),
                                told.message())));
  }

  private Optional<Step> rolling() {
    return findings.spec().versions().stream()
        .filter(version -> findings.health(version).rolling())
        .filter(version -> findings.health(version).phase() != Phase.Failed)
        .findFirst()
        .map(version -> rollingOut(version, "its pods are being replaced"));
  }

  private Step rollingOut(ModelVersion version, String otherwise) {
    VersionHealth health = findings.health(version);
    return new Step(
        findings.isStuck(version) ? STUCK : "RollingOut",
        "%s: %s".formatted(version.name(), health.message().orElse(otherwise)));
  }

  private Optional<Step> routing() {
    boolean written =
        findings.spec().expose().type() == Expose.Type.None
            || findings.plan().exposeRefusal().isPresent()
            || routedAsPlanned();
    return written
        ? Optional.empty()
        : Optional.of(new Step("Routing", "the route is being written"));
  }

  /**
   * A version may have become ready since the plan was made: then what the plan wrote is there, and
   * is not what was asked for yet.
   */
  private boolean routedAsPlanned() {
    return findings.weights().equals(findings.plan().rollout().weights())
        && (!findings.plan().refused().isEmpty()
            || findings.inPhase(Phase.Failed).isPresent()
            || findings.spec().versions().stream()
                .allMatch(version -> findings.weight(version.name()) == version.traffic()));
  }

  private Optional<Step> leaving() {
    List<String> leaving = findings.removed().toList();
    return leaving.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Step(
                "Draining",
                "removed from the spec and not gone yet: " + String.join(", ", leaving)));
  }
}
