package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.status.StatusEvents.StatusEvent;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class EventRecorderTest {

  private static final StatusEvent READY =
      new StatusEvent(false, "VersionReady", "v1 serves a Tree");

  private KubernetesMockServer server;
  private KubernetesClient client;
  private Instant now = Instant.parse("2026-11-21T10:00:00.5Z");

  private static FlightDelayModel model() {
    FlightDelayModel model = new FlightDelayModel();
    model.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("flights")
            .withName("delays")
            .withUid("uid-1")
            .build());
    return model;
  }

  private void record(StatusEvent... events) {
    InstantSource clock = () -> now;
    new EventRecorder(client, clock).record(model(), List.of(events));
  }

  private List<Event> events() {
    return client.v1().events().inNamespace("flights").list().getItems();
  }

  @Test
  void writesAnEventOnTheModel() {
    record(READY);

    assertThat(events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("Normal");
              assertThat(event.getReason()).isEqualTo("VersionReady");
              assertThat(event.getMessage()).isEqualTo("v1 serves a Tree");
              assertThat(event.getInvolvedObject().getKind()).isEqualTo("FlightDelayModel");
              assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-1");
              assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-21T10:00:00Z");
              assertThat(event.getCount()).isEqualTo(1);
            });
  }

  @Test
  void countsWhatIsToldAgain() {
    record(READY);
    record(READY);
    now = now.plusSeconds(60);

    record(READY, new StatusEvent(true, "VersionFailed", "v1: no"));

    assertThat(events())
        .hasSize(2)
        .anySatisfy(
            event -> {
              assertThat(event.getReason()).isEqualTo("VersionReady");
              assertThat(event.getCount()).isEqualTo(3);
              assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-21T10:00:00Z");
              assertThat(event.getLastTimestamp()).isEqualTo("2026-11-21T10:01:00Z");
            })
        .anySatisfy(event -> assertThat(event.getType()).isEqualTo("Warning"));
  }

  @Test
  void cutsAMessageThatTheApiServerWouldRefuse() {
    record(new StatusEvent(true, "VersionFailed", "x".repeat(5000)));

    assertThat(events()).singleElement().extracting(Event::getMessage).asString().hasSize(1024);
  }

  @Test
  void goesOnWhereAnEventCannotBeWritten() {
    client.getConfiguration().setRequestRetryBackoffLimit(0);
    server.shutdown();

    assertThatCode(() -> record(READY)).doesNotThrowAnyException();
  }
}
