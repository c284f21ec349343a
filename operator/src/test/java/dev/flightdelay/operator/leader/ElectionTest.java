package dev.flightdelay.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class ElectionTest {

  private static final LeaseTimes SHORT =
      new LeaseTimes(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(100));

  /** Does not run out on a slow machine. */
  private static final LeaseTimes LONG =
      new LeaseTimes(Duration.ofMinutes(2), Duration.ofMinutes(1), Duration.ofMillis(100));

  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private Leadership leadership;
  private KubernetesMockServer server;
  private KubernetesClient client;
  private Election election;

  private void start(LeaseTimes times) {
    leadership = Leadership.elected(times);
    client.getConfiguration().setRequestRetryBackoffLimit(0);
    election =
        new Election(
            new LeaseClient(client, "operators", "lease", "one", times),
            times,
            leadership,
            why -> {
              ends.add(why);
              leadership.ended();
            });
    election.start(begun::incrementAndGet);
  }

  @AfterEach
  void stop() throws InterruptedException {
    election.leave();
  }

  private Lease lease() {
    return client.leases().inNamespace("operators").withName("lease").get();
  }

  private void isHeldBy(String holder) {
    client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("operators")
                .withName("lease")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(3)
                .withLeaseTransitions(7)
                .withRenewTime(ZonedDateTime.now())
                .endSpec()
                .build())
        .create();
  }

  private void isTakenBy(String holder) {
    client
        .leases()
        .inNamespace("operators")
        .withName("lease")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"holderIdentity\": \"" + holder + "\"}}");
  }

  private void awaitLeading() {
    await().atMost(Duration.ofSeconds(10)).until(() -> begun.get() == 1);
  }

  @Test
  void takesALeaseThatNobodyHasAndRenewsIt() {
    start(LONG);

    awaitLeading();

    assertThat(leadership.leads()).isTrue();
    ZonedDateTime first = lease().getSpec().getRenewTime();
    await().until(() -> lease().getSpec().getRenewTime().isAfter(first));
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("one");
    assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(120);
    assertThat(begun).hasValue(1);
    assertThat(ends).isEmpty();
  }

  @Test
  void takesAnothersLeaseOnceItHasRunOut() {
    isHeldBy("two");
    start(SHORT);

    awaitLeading();

    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("one");
    assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(8);
  }

  @Test
  void endsWhereAnotherHasTheLease() {
    start(LONG);
    awaitLeading();

    isTakenBy("two");

    await().until(() -> !ends.isEmpty());
    assertThat(ends).singleElement().asString().contains("one stops leading: two has the lease");
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("two");
  }

  @Test
  void leadsOnWhereSomebodyDeletesTheLease() {
    start(LONG);
    awaitLeading();

    client.leases().inNamespace("operators").withName("lease").delete();

    await().until(() -> lease() != null);
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("one");
    assertThat(ends).isEmpty();
  }

  @Test
  void endsWhereTheApiServerDoesNotAnswer() {
    start(SHORT);
    awaitLeading();

    server.shutdown();

    await().until(() -> !ends.isEmpty());
    assertThat(ends).first().asString().contains("stops leading: the lease was not renewed");
    assertThat(leadership.leads()).isFalse();
  }

  @Test
  void givesTheLeaseBackWhenItLeaves() throws InterruptedException {
    start(LONG);
    awaitLeading();

    election.leave();

    assertThat(lease().getSpec().getHolderIdentity()).isEmpty();
    assertThat(leadership.leads()).isFalse();
    assertThat(ends).isEmpty();
  }

  @Test
  void leavesTheLeaseToWhoTookItMeanwhile() throws InterruptedException {
    isHeldBy("two");
    start(LONG);

    election.leave();

    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("two");
  }
}
