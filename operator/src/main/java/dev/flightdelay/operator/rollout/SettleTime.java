package dev.flightdelay.operator.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A version gets its first traffic only once it has been ready for a while. */
public final class SettleTime implements Step {

  private static final String REASON = "Settling";

  /**
   * What the spec asks for.
   *
   * @param time from when a version was ready for the first time
   */
  public record Asked(Duration time) implements StepFact {

    public Asked {
      requireNonNull(time);
    }
  }

  /**
   * It was ready for the first time not long ago.
   *
   * @param ends when it gets its traffic
   */
  record Settling(Instant ends) implements Hold {

    @Override
    public double fraction() {
      return 0;
    }

    @Override
    public Optional<Instant> until() {
      return Optional.of(ends);
    }

    @Override
    public Optional<Told> told(HeldVersion version) {
      String row =
          "it is ready, and its traffic rises to %d %% at %s; to go on at once: %s"
              .formatted(version.traffic(), ends, version.promotion());
      return Optional.of(new Told(REASON, "%s: %s".formatted(version.name(), row), row));
    }
  }

  SettleTime() {}

  @Override
  public Map<String, Hold> holds(Collection<VersionFacts> versions, Instant now) {
    // Where nobody serves, there is nobody who could go on meanwhile.
    boolean served = versions.stream().anyMatch(version -> version.routed() > 0);
    Map<String, Hold> held = new TreeMap<>();
    for (VersionFacts version : versions) {
      Optional<Instant> ends = ends(version, now).filter(now::isBefore);
      if (served && ends.isPresent() && version.routed() == 0 && !version.promoted()) {
        held.put(version.name(), new Settling(ends.get()));
      }
    }
    return held;
  }

  private static Optional<Instant> ends(VersionFacts version, Instant now) {
    return version
        .own(Asked.class)
        .filter(_ -> version.everReady() && version.wanted().orElse(0) > 0)
        .map(
            asked ->
                version
                    .own(EverReady.Remembered.class)
                    .map(EverReady.Remembered::since)
                    .orElse(now)
                    .plus(asked.time()));
  }

  @Override
  public Set<String> reasons() {
    return Set.of(REASON);
  }
}
