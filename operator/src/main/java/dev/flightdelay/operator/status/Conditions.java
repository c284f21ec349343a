package dev.flightdelay.operator.status;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Conditions of one generation: a transition time stays as long as the status is the same. */
public final class Conditions {

  /** The types, as design and documentation name them. */
  public enum Type {
    Ready,
    Progressing,
    Exposed
  }

  /** What can be said of a condition. */
  public enum Status {
    True,
    False,
    Unknown
  }

  private final List<Condition> before;
  private final Long generation;
  private final Instant now;
  private final List<Condition> conditions = new ArrayList<>();

  /** Conditions that follow others. */
  public Conditions(List<Condition> before, Long generation, Instant now) {
    this.before = List.copyOf(before);
    this.generation = generation;
    this.now = requireNonNull(now);
  }

  /** Adds one; the message says what a person should know or do. */
  public Conditions with(Type type, Status status, String reason, String message) {
    String time =
        before.stream()
            .filter(
                condition ->
                    type.name().equals(condition.getType())
                        && status.name().equals(condition.getStatus())
                        && condition.getLastTransitionTime() != null)
            .map(Condition::getLastTransitionTime)
            .findFirst()
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    conditions.add(
        new ConditionBuilder()
            .withType(type.name())
            .withStatus(status.name())
            .withReason(reason)
            .withMessage(message)
            .withObservedGeneration(generation)
            .withLastTransitionTime(time)
            .build());
    return this;
  }

  /** All that were added. */
  public List<Condition> toList() {
    return List.copyOf(conditions);
  }

  /** One of a list, or null. */
  static Condition find(List<Condition> conditions, Type type) {
    return conditions.stream()
        .filter(condition -> type.name().equals(condition.getType()))
        .findFirst()
        .orElse(null);
  }
}
