package dev.flightdelay.operator.reconcile;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.status.StatusEvents.StatusEvent;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events on models; one that is told again is counted. */
final class EventRecorder {

  private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);

  private static final int MAX_MESSAGE = 1024;
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final InstantSource clock;

  EventRecorder(KubernetesClient client, InstantSource clock) {
    this.client = requireNonNull(client);
    this.clock = requireNonNull(clock);
  }

  /** An event that cannot be written is no reason to stop: the log has it then. */
  void record(FlightDelayModel model, List<StatusEvent> events) {
    for (StatusEvent statusEvent : events) {
      try {
        record(model, statusEvent);
      } catch (KubernetesClientException e) {
        log.atWarn()
            .addKeyValue("model", model.getMetadata().getName())
            .addKeyValue("reason", statusEvent.reason())
            .addKeyValue("message", statusEvent.message())
            .addKeyValue("error", e.getMessage())
            .log("event not written; let the operator's role create, get and patch events");
      }
    }
  }

  private void record(FlightDelayModel model, StatusEvent statusEvent) {
    Event event = event(model, statusEvent);
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) {
        throw e;
      }
      client
          .v1()
          .events()
          .inNamespace(event.getMetadata().getNamespace())
          // By name: of an object at hand, edit would take that for what is told already.
          .withName(event.getMetadata().getName())
          .edit(
              told -> {
                told.setCount(told.getCount() == null ? 2 : told.getCount() + 1);
                told.setLastTimestamp(event.getLastTimestamp());
                return told;
              });
    }
  }

  private Event event(FlightDelayModel model, StatusEvent statusEvent) {
    String message =
        statusEvent.message().length() <= MAX_MESSAGE
            ? statusEvent.message()
            : statusEvent.message().substring(0, MAX_MESSAGE);
    // The same words about the same object have the same name.
    UUID hash =
        UUID.nameUUIDFromBytes(
            (model.getMetadata().getUid() + statusEvent.reason() + message)
                .getBytes(StandardCharsets.UTF_8));
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    // spotless:off
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(model.getMetadata().getNamespace())
        .withName(model.getMetadata().getName() + "." + hash.toString().replace("-", ""))
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(model.getApiVersion())
        .withKind(model.getKind())
        .withNamespace(model.getMetadata().getNamespace())
        .withName(model.getMetadata().getName())
        .withUid(model.getMetadata().getUid())
        .withResourceVersion(model.getMetadata().getResourceVersion())
        .endInvolvedObject()
        .withType(statusEvent.warning() ? "Warning" : "Normal")
        .withReason(statusEvent.reason())
        .withMessage(message)
        .withNewSource()
        .withComponent(Naming.FIELD_MANAGER)
        .endSource()
        .withReportingComponent(Naming.FIELD_MANAGER)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .build();
    // spotless:on
  }
}
