package dev.flightdelay.operator.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {

  private static final int MANY = 200;

  private final Lanes lanes = new Lanes();
  private final List<String> looked = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void stop() throws InterruptedException {
    gate.countDown();
    lanes.shutdown();
    assertThat(lanes.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private static ResourceID id(String model) {
    return new ResourceID(model, "flights");
  }

  private static ConfigMap object(String model) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("flights")
        .withName(model)
        .endMetadata()
        .build();
  }

  /** As the SDK does it. */
  private void submit(String model, Runnable look) {
    lanes.events().reconciliationSubmitted(object(model), null, Map.of());
    lanes.execute(look);
  }

  private void changed(String model) {
    lanes
        .events()
        .eventReceived(
            new ResourceEvent(ResourceAction.UPDATED, id(model), object(model)), Map.of());
  }

  /** Looks that are not done before the gate opens. */
  private void occupy(String prefix) {
    for (int i = 0; i < MANY; i++) {
      String model = prefix + i;
      submit(
          model,
          () -> {
            try {
              gate.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            looked.add(model);
          });
    }
  }

  private void awaitLooks(String... models) {
    await().atMost(10, TimeUnit.SECONDS).until(() -> looked.containsAll(List.of(models)));
  }

  @Test
  void aNewModelDoesNotWaitForWhatTheStartFound() {
    occupy("old");
    lanes.started();

    changed("new");
    submit("new", () -> looked.add("new"));

    awaitLooks("new");
    assertThat(looked).containsExactly("new");
  }

  @Test
  void norDoesTheEventOfAModelThatHasBeenLookedAt() {
    occupy("old");
    lanes.started();

    lanes.events().eventReceived(new Event(id("other")), Map.of());
    submit("other", () -> looked.add("other"));

    awaitLooks("other");
    assertThat(looked).containsExactly("other");
  }

  @Test
  void whoChangesAModelOfTheBacklogBringsItForward() {
    occupy("old");
    submit("mine", () -> looked.add("mine"));
    lanes.started();

    changed("mine");

    awaitLooks("mine");
    assertThat(looked).containsExactly("mine");
  }

  @Test
  void whoChangesAModelDoesNotWaitForTheEventsOfOthers() {
    lanes.started();
    occupy("busy");
    lanes.events().eventReceived(new Event(id("mine")), Map.of());
    submit("mine", () -> looked.add("mine"));

    changed("mine");

    awaitLooks("mine");
    assertThat(looked).containsExactly("mine");
  }

  @Test
  void soDoesAnEventOfIt() {
    occupy("old");
    submit("mine", () -> looked.add("mine"));
    lanes.started();

    lanes.events().eventReceived(new Event(id("mine")), Map.of());

    awaitLooks("mine");
  }

  @Test
  void whatIsKnownToBeBacklogWaitsThoughTheOperatorHasStarted() {
    lanes.started();
    List<ResourceID> all = IntStream.range(0, MANY).mapToObj(i -> id("old" + i)).toList();
    lanes.backlog(all);
    occupy("old");

    changed("new");
    submit("new", () -> looked.add("new"));

    awaitLooks("new");
    assertThat(looked).containsExactly("new");
  }

  @Test
  void theBacklogGoesOnBesideAStreamOfChanges() {
    submit("first", () -> looked.add("first"));
    awaitLooks("first");
    lanes.started();
    for (int i = 0; i < MANY; i++) {
      changed("busy" + i);
    }
    occupy("busy");

    lanes.backlog(List.of(id("old")));
    submit("old", () -> looked.add("old"));

    awaitLooks("old");
    assertThat(looked).containsExactly("first", "old");
  }

  @Test
  void isDoneWithEverythingOnceTheGateOpens() {
    occupy("old");
    lanes.started();

    gate.countDown();

    await().atMost(10, TimeUnit.SECONDS).until(() -> looked.size() == MANY);
  }
}
