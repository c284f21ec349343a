package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.cluster.OperatorEnvironment.Replica;
import dev.flightdelay.operator.faults.Fault;
import dev.flightdelay.operator.faults.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The API server is away for all replicas, and comes back: one of them leads and writes soon, where
 * the kubelet starts what ended and waits longer each time. A short outage; with -Dfaults.full one
 * of 1, of 5 and of 15 minutes.
 */
class RecoveryIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration MAX_PAUSE = Duration.ofMinutes(5);

  private static final Map<String, String> SETTINGS =
      FaultTimes.FULL
          ? Map.of("OPERATOR_LEADERELECTION", "true")
          : Map.of(
              "OPERATOR_LEADERELECTION", "true",
              "OPERATOR_LEASE_DURATION", "4s",
              "OPERATOR_LEASE_RENEW_DEADLINE", "3s",
              "OPERATOR_LEASE_RETRY_PERIOD", "1s");

  private final AtomicBoolean over = new AtomicBoolean();
  private OperatorEnvironment environment;
  private List<Replica> replicas;
  private List<Thread> kubelets;

  static List<Duration> outages() {
    return FaultTimes.FULL
        ? List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15))
        : List.of(Duration.ofSeconds(8));
  }

  @BeforeEach
  void start() {
    environment = OperatorEnvironment.prepare("recovery", SETTINGS);
    replicas = List.of(replica("one"), replica("two"));
    replicas.forEach(replica -> replica.process().awaitReady());
    kubelets =
        replicas.stream()
            .map(replica -> Thread.startVirtualThread(() -> restart(replica)))
            .toList();
    environment.apply(Model.named("before").version("v1", 100));
    environment.awaitReady("before");
  }

  private Replica replica(String name) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("HOSTNAME", name);
    Replica replica = environment.replica(settings);
    // What it says of the outage is right.
    replica.process().expect(".*");
    replica.process().start();
    return replica;
  }

  /** At once for the first time, then after pauses that double: CrashLoopBackOff. */
  private void restart(Replica replica) {
    Duration pause = Duration.ZERO;
    while (!over.get()) {
      if (!replica.process().isAlive()) {
        LockSupport.parkNanos(pause.toNanos());
        replica.process().start();
        Duration next = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = next.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : next;
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    over.set(true);
    for (Thread kubelet : kubelets) {
      kubelet.join();
    }
    environment.close();
  }

  @ParameterizedTest
  @MethodSource("outages")
  void oneLeadsAndWritesSoonAfterAnOutage(Duration outage) throws Exception {
    List<Fault> faults =
        List.of(replicas.getFirst().proxy().outage(), replicas.getLast().proxy().outage());
    environment.apply(Model.named("after").version("v1", 100));
    await().pollDelay(outage).atMost(outage.plusSeconds(5)).until(() -> true);
    faults.forEach(Fault::close);
    Instant back = Instant.now();

    await("one of them writes for what changed meanwhile")
        .atMost(SOON)
        .until(() -> replicas.stream().anyMatch(replica -> wroteAfter(replica, back)));

    environment.awaitReady("after");
    for (Replica replica : replicas) {
      assertThat(replica.process().stacks())
          .as("no stack for an API server that is away")
          .isEmpty();
    }
  }

  private static boolean wroteAfter(Replica replica, Instant time) {
    return replica.proxy().writes().stream()
        .filter(Write::isApplied)
        .filter(write -> write.resource().equals("deployments"))
        .anyMatch(write -> write.at().isAfter(time));
  }
}
