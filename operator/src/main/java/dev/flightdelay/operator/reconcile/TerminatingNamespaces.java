package dev.flightdelay.operator.reconcile;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Namespaces that are being deleted, where nothing can be made any more: one refusal is told to all
 * models there, which wait together. A namespace of the same name that comes later has younger
 * models, and they do not wait.
 */
final class TerminatingNamespaces {

  /** The API server's cause, apimachinery's NamespaceTerminatingCause. */
  private static final String CAUSE = "NamespaceTerminating";

  static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(60);

  private final Map<String, Refused> refused = new HashMap<>();

  /**
   * What is known of a namespace.
   *
   * @param youngest when the youngest model was made that was there at the refusal
   * @param until nothing is tried for models that are not younger
   * @param pause the last one
   */
  private record Refused(String youngest, Instant until, Duration pause) {}

  /**
   * Whether an error says that the model's namespace is being deleted; then it is noted.
   *
   * @param youngest when the youngest model in the namespace was made: nothing can be made there
   *     now
   */
  synchronized boolean noted(
      ObjectMeta model, Throwable error, Supplier<Optional<String>> youngest, Instant now) {
    if (!says(error)) {
      return false;
    }
    Refused before = refused.get(model.getNamespace());
    if (before == null || model.getCreationTimestamp().compareTo(before.youngest) > 0) {
      String last = youngest.get().orElse(model.getCreationTimestamp());
      refused.put(model.getNamespace(), new Refused(last, now.plus(FIRST), FIRST));
    }
    return true;
  }

  /**
   * For how long a model is to be left alone, if at all. Of those whose pause is over one tries,
   * and the others wait for what it finds out, twice as long as before.
   */
  synchronized Optional<Duration> pause(ObjectMeta model, Instant now) {
    Refused last = refused.get(model.getNamespace());
    if (last == null || model.getCreationTimestamp().compareTo(last.youngest) > 0) {
      return Optional.empty();
    }
    if (now.isBefore(last.until)) {
      return Optional.of(Duration.between(now, last.until));
    }
    Duration twice = last.pause.multipliedBy(2);
    Duration pause = twice.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : twice;
    refused.put(model.getNamespace(), new Refused(last.youngest, now.plus(pause), pause));
    return Optional.empty();
  }

  /** Whether the API server refuses something because the namespace is being deleted. */
  static boolean says(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException refusal
          && Optional.ofNullable(refusal.getStatus())
              .map(Status::getDetails)
              .map(StatusDetails::getCauses)
              .filter(causes -> causes.stream().anyMatch(c -> Objects.equals(CAUSE, c.getReason())))
              .isPresent()) {
        return true;
      }
    }
    return false;
  }
}
