package dev.flightdelay.operator.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a rollout goes by, of one version.
 *
 * @param wanted its percentage of the traffic in the spec; empty for a version that the spec does
 *     not list (any more)
 * @param exists whether it has objects in the cluster
 * @param everReady whether it has been ready once
 * @param readyReplicas its pods that serve now
 * @param desiredReplicas the pods that it should have now
 * @param leastReplicas the pods that it has anyhow
 * @param scalesTo the most pods that its autoscaler may give it; empty where the operator has no
 *     autoscaler for it, so that it gives it no pods
 * @param fixed whether its number of pods is the spec's, whatever its share
 * @param promoted whether a person wants it to have its share with the pods that it has
 * @param routed its percentage of the traffic in the route as it is
 * @param servedBefore its percentage when all versions last had what the spec asks for; as it
 *     stands on the route, 0 where nothing does
 * @param prescale as it stands on its autoscaler
 * @param drainUntil as it stands on its Deployment
 */
public record VersionFacts(
    String name,
    OptionalInt wanted,
    boolean exists,
    boolean everReady,
    int readyReplicas,
    int desiredReplicas,
    int leastReplicas,
    OptionalInt scalesTo,
    boolean fixed,
    boolean promoted,
    int routed,
    int servedBefore,
    Optional<Prescale> prescale,
    Optional<Instant> drainUntil) {

  public VersionFacts {
    requireNonNull(name);
    requireNonNull(wanted);
    requireNonNull(scalesTo);
    requireNonNull(prescale);
    requireNonNull(drainUntil);
  }

  /** One that has no objects, and waits for those of another of its name to go. */
  public static VersionFacts absent(String name, int wanted) {
    return new VersionFacts(
        name,
        OptionalInt.of(wanted),
        false,
        false,
        0,
        0,
        0,
        OptionalInt.empty(),
        false,
        false,
        0,
        0,
        Optional.empty(),
        Optional.empty());
  }

  boolean listed() {
    return wanted.isPresent();
  }
}
