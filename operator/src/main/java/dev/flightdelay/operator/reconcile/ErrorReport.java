package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.status.Conditions;
import dev.flightdelay.operator.status.Conditions.Status;
import dev.flightdelay.operator.status.Conditions.Type;
import dev.flightdelay.operator.status.StatusEvents.StatusEvent;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What a model says of itself while the operator cannot do its work. */
final class ErrorReport {

  private static final Logger log = LoggerFactory.getLogger(ErrorReport.class);

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int MAX_MESSAGE = 500;

  private ErrorReport() {}

  /** The last status, with Ready unknown and why. */
  static FlightDelayModelStatus of(FlightDelayModel model, Exception error, Instant now) {
    FlightDelayModelStatus before =
        model.getStatus() == null
            ? new FlightDelayModelStatus(null, null, null, null, null, null, null)
            : model.getStatus();
    Throwable cause = cause(error);
    boolean forbidden =
        cause instanceof KubernetesClientException refused && refused.getCode() == FORBIDDEN;
    Conditions conditions =
        new Conditions(before.conditions(), model.getMetadata().getGeneration(), now)
            .with(
                Type.Ready,
                Status.Unknown,
                forbidden ? "Forbidden" : "ReconcileFailed",
                forbidden
                    ? "the operator's role lacks a permission: %s; give it its Role again, as the chart has it"
                        .formatted(message(cause))
                    : "the operator tries again: %s; if it stays so, see its log and the API server"
                        .formatted(message(cause)));
    List<Condition> others =
        before.conditions().stream()
            .filter(condition -> !Type.Ready.name().equals(condition.getType()))
            .toList();
    return new FlightDelayModelStatus(
        before.observedGeneration(),
        before.url(),
        before.traffic(),
        before.replicas(),
        before.readyReplicas(),
        before.versions(),
        Stream.concat(conditions.toList().stream(), others.stream()).toList());
  }

  /** Told once for each new reason and message. */
  static List<StatusEvent> events(FlightDelayModelStatus before, FlightDelayModelStatus after) {
    Condition ready = after.conditions().getFirst();
    boolean known =
        before != null
            && before.conditions().stream()
                .anyMatch(
                    condition ->
                        Type.Ready.name().equals(condition.getType())
                            && Objects.equals(ready.getMessage(), condition.getMessage()));
    return known
        ? List.of()
        : List.of(new StatusEvent(true, ready.getReason(), ready.getMessage()));
  }

  /**
   * Whether the model was deleted meanwhile: nothing is left to be told, and nothing to try again.
   */
  static boolean isGone(FlightDelayModel model, Exception error) {
    return cause(error) instanceof KubernetesClientException refused
        && refused.getCode() == NOT_FOUND
        && refused.getStatus() != null
        && refused.getStatus().getDetails() != null
        && model.getPlural().equals(refused.getStatus().getDetails().getKind())
        && model.getMetadata().getName().equals(refused.getStatus().getDetails().getName());
  }

  /** What the API server refuses is a line; anything else is a defect, and wants its stack. */
  static void log(FlightDelayModel model, Exception error) {
    Throwable cause = cause(error);
    LoggingEventBuilder line =
        log.atWarn()
            .addKeyValue("model", model.getMetadata().getName())
            .addKeyValue("error", message(cause));
    if (!(cause instanceof KubernetesClientException)) {
      line = line.setCause(error);
    }
    line.log("not reconciled; it is tried again");
  }

  private static Throwable cause(Throwable error) {
    Throwable cause = error;
    while (!(cause instanceof KubernetesClientException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** What the API server says, without what differs from one try to the next. */
  private static String message(Throwable cause) {
    String message =
        cause instanceof KubernetesClientException refused && refused.getStatus() != null
            ? refused.getStatus().getMessage()
            : cause.getMessage();
    String text = message == null ? cause.getClass().getSimpleName() : message;
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "..";
  }
}
