package dev.flightdelay.operator.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The share of a version that was never ready stays with those that have it. */
public final class EverReady implements Step {

  /** What is remembered of a version: when it was ready for the first time. */
  public static final String SINCE = "ready-since";

  /**
   * That it stands there.
   *
   * @param since when its version was ready for the first time
   */
  public record Remembered(Instant since) implements StepFact {

    public Remembered {
      requireNonNull(since);
    }
  }

  EverReady() {}

  @Override
  public Map<String, Hold> holds(Collection<VersionFacts> versions, Instant now) {
    return versions.stream()
        .filter(version -> version.wanted().orElse(0) > 0 && !version.everReady())
        .collect(Collectors.toMap(VersionFacts::name, _ -> new NotReadyYet()));
  }

  @Override
  public Map<String, String> remembers(VersionFacts version, Instant now) {
    return version.everReady()
        ? Map.of(SINCE, version.own(Remembered.class).map(Remembered::since).orElse(now).toString())
        : Map.of();
  }
}
