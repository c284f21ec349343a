package dev.flightdelay.operator.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
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
 * @param ofSteps what single steps go by besides
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
    Optional<Instant> drainUntil,
    List<StepFact> ofSteps) {

  public VersionFacts {
    requireNonNull(name);
    requireNonNull(wanted);
    requireNonNull(scalesTo);
    requireNonNull(prescale);
    requireNonNull(drainUntil);
    ofSteps = List.copyOf(ofSteps);
  }

  /** Facts of a version step by step: at first it is not listed and has nothing. */
  public static Builder of(String name) {
    return new Builder(name);
  }

  /** What a step goes by alone; empty where there is nothing of it. */
  <F extends StepFact> Optional<F> own(Class<F> type) {
    return ofSteps.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  boolean listed() {
    return wanted.isPresent();
  }

  /** Sets what is not as at first. */
  public static final class Builder {

    private final String name;
    private OptionalInt wanted = OptionalInt.empty();
    private boolean exists;
    private boolean everReady;
    private int readyReplicas;
    private int desiredReplicas;
    private int leastReplicas;
    private OptionalInt scalesTo = OptionalInt.empty();
    private boolean fixed;
    private boolean promoted;
    private int routed;
    private int servedBefore;
    private Optional<Prescale> prescale = Optional.empty();
    private Optional<Instant> drainUntil = Optional.empty();
    private List<StepFact> ofSteps = List.of();

    private Builder(String name) {
      this.name = name;
    }

    public Builder wanted(OptionalInt wanted) {
      this.wanted = wanted;
      return this;
    }

    public Builder exists(boolean exists) {
      this.exists = exists;
      return this;
    }

    public Builder everReady(boolean everReady) {
      this.everReady = everReady;
      return this;
    }

    public Builder readyReplicas(int readyReplicas) {
      this.readyReplicas = readyReplicas;
      return this;
    }

    public Builder desiredReplicas(int desiredReplicas) {
      this.desiredReplicas = desiredReplicas;
      return this;
    }

    public Builder leastReplicas(int leastReplicas) {
      this.leastReplicas = leastReplicas;
      return this;
    }

    public Builder scalesTo(OptionalInt scalesTo) {
      this.scalesTo = scalesTo;
      return this;
    }

    public Builder fixed(boolean fixed) {
      this.fixed = fixed;
      return this;
    }

    public Builder promoted(boolean promoted) {
      this.promoted = promoted;
      return this;
    }

    public Builder routed(int routed) {
      this.routed = routed;
      return this;
    }

    public Builder servedBefore(int servedBefore) {
      this.servedBefore = servedBefore;
      return this;
    }

    public Builder prescale(Optional<Prescale> prescale) {
      this.prescale = prescale;
      return this;
    }

    public Builder drainUntil(Optional<Instant> drainUntil) {
      this.drainUntil = drainUntil;
      return this;
    }

    public Builder ofSteps(List<StepFact> ofSteps) {
      this.ofSteps = ofSteps;
      return this;
    }

    /** The facts. */
    public VersionFacts build() {
      return new VersionFacts(
          name,
          wanted,
          exists,
          everReady,
          readyReplicas,
          desiredReplicas,
          leastReplicas,
          scalesTo,
          fixed,
          promoted,
          routed,
          servedBefore,
          prescale,
          drainUntil,
          ofSteps);
    }
  }
}
