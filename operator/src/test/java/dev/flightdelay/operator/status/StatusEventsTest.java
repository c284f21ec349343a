package dev.flightdelay.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.status.Conditions.Status;
import dev.flightdelay.operator.status.Conditions.Type;
import dev.flightdelay.operator.status.StatusEvents.StatusEvent;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusEventsTest {

  private static final FlightDelayModelStatus NOTHING = status(null, List.of());

  private static FlightDelayModelStatus status(
      String traffic, List<Condition> conditions, VersionStatus... versions) {
    return new FlightDelayModelStatus(1L, null, traffic, 0, 0, List.of(versions), conditions);
  }

  private static VersionStatus version(String name, Phase phase, String estimator) {
    return new VersionStatus(
        name, phase, 0, 2, 0, null, null, estimator, null, null, "what is with it");
  }

  private static List<Condition> condition(Type type, String reason) {
    return new Conditions(List.of(), 1L, Instant.EPOCH)
        .with(type, Status.False, reason, "the message of " + reason)
        .toList();
  }

  private static List<StatusEvent> told(
      FlightDelayModelStatus before, FlightDelayModelStatus after) {
    assertThat(StatusEvents.between(after, after)).as("told twice").isEmpty();
    return StatusEvents.between(before, after);
  }

  @Test
  void tellsOfANewVersionAlsoBeforeTheFirstStatus() {
    assertThat(told(null, status(null, List.of(), version("v1", Phase.Pending, null))))
        .containsExactly(new StatusEvent(false, "VersionCreated", "v1: its pods are being made"));
  }

  @Test
  void tellsOfThePodsOfAVersionThatWasRefusedOnceTheyAreMade() {
    FlightDelayModelStatus refused = status(null, List.of(), version("v1", Phase.Failed, null));

    assertThat(told(null, refused))
        .containsExactly(new StatusEvent(true, "VersionFailed", "v1: what is with it"));
    assertThat(told(refused, status(null, List.of(), version("v1", Phase.Pending, null))))
        .containsExactly(new StatusEvent(false, "VersionCreated", "v1: its pods are being made"));
  }

  @Test
  void tellsThatAVersionServes() {
    FlightDelayModelStatus before = status(null, List.of(), version("v1", Phase.Loading, null));

    assertThat(told(before, status(null, List.of(), version("v1", Phase.Ready, "Tree"))))
        .containsExactly(new StatusEvent(false, "VersionReady", "v1 serves a Tree"));
    assertThat(told(before, status(null, List.of(), version("v1", Phase.Ready, null))))
        .containsExactly(new StatusEvent(false, "VersionReady", "v1 serves"));
  }

  @Test
  void warnsThatAVersionHasFailed() {
    assertThat(
            told(
                status(null, List.of(), version("v1", Phase.Ready, "Tree")),
                status(null, List.of(), version("v1", Phase.Failed, null))))
        .containsExactly(new StatusEvent(true, "VersionFailed", "v1: what is with it"));
  }

  @Test
  void tellsThatAVersionDrainsAndThatItIsGone() {
    FlightDelayModelStatus drains = status(null, List.of(), version("v1", Phase.Draining, null));

    assertThat(told(status(null, List.of(), version("v1", Phase.Ready, "Tree")), drains))
        .containsExactly(new StatusEvent(false, "VersionDraining", "v1: what is with it"));
    assertThat(told(drains, NOTHING))
        .containsExactly(
            new StatusEvent(false, "VersionRemoved", "v1: everything of it is deleted"));
  }

  @Test
  void tellsWhereTheTrafficGoes() {
    assertThat(told(NOTHING, status("v1=100", List.of())))
        .containsExactly(new StatusEvent(false, "TrafficMoved", "traffic goes to v1=100"));
    assertThat(told(status("v1=100", List.of()), status("v1=90,v2=10", List.of())))
        .containsExactly(
            new StatusEvent(
                false, "TrafficMoved", "traffic goes to v1=90,v2=10, before to v1=100"));
  }

  @ParameterizedTest
  @CsvSource({
    "Ready, NotAllowed, true",
    "Ready, NameConflict, true",
    "Ready, VersionReused, true",
    "Ready, Rejected, true",
    "Exposed, HostConflict, true",
    "Exposed, GatewayApiMissing, true",
    "Exposed, NotAccepted, true",
    "Progressing, PreScaling, false"
  })
  void tellsOfARefusalOrAWaitOnce(Type type, String reason, boolean warning) {
    assertThat(told(NOTHING, status(null, condition(type, reason))))
        .containsExactly(new StatusEvent(warning, reason, "the message of " + reason));
  }

  @ParameterizedTest
  @CsvSource({
    "Progressing, NotAllowed",
    "Exposed, NotAllowed",
    "Ready, HostConflict",
    "Ready, PreScaling",
    "Ready, RollingOut",
    "Ready, Serving",
    "Ready, SomethingNew"
  })
  void leavesOutWhatAnotherEventTells(Type type, String reason) {
    assertThat(told(NOTHING, status(null, condition(type, reason)))).isEmpty();
  }
}
