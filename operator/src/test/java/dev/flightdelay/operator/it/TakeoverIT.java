package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.OperatorSettings;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.cluster.OperatorEnvironment.Replica;
import dev.flightdelay.operator.faults.Fault;
import dev.flightdelay.operator.faults.Write;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of two replicas one writes, whatever happens to it while it has much to write: never two, and it
 * ends when it stops leading. Four takeovers with a short lease; 20 with the default one and long
 * troubles with -Dfaults.full.
 */
class TakeoverIT {

  private static final Logger log = LoggerFactory.getLogger(TakeoverIT.class);

  /** What happens to the replica that leads. */
  enum Trouble {
    /** SIGSTOP, as a node that thrashes or a debugger does it; then SIGCONT. */
    STOPPED {
      @Override
      Fault begin(Replica leader) {
        leader.process().suspend();
        return leader.process()::resume;
      }
    },
    /** Connections are refused. */
    CUT {
      @Override
      Fault begin(Replica leader) throws IOException {
        return leader.proxy().outage();
      }
    },
    /** Connections stay open, and nothing goes through. */
    SILENT {
      @Override
      Fault begin(Replica leader) {
        return leader.proxy().silence();
      }
    },
    /** Every request is a whole lease on its way. */
    SLOW {
      @Override
      Fault begin(Replica leader) {
        return leader.proxy().slow(LEASE);
      }
    };

    abstract Fault begin(Replica leader) throws IOException;
  }

  /** The default with -Dfaults.full; -Dfaults.lease=15 for a machine that is too slow for 3. */
  private static final Duration LEASE =
      Duration.ofSeconds(FaultTimes.FULL ? 15 : Integer.getInteger("faults.lease", 3));

  private static final int TAKEOVERS = FaultTimes.FULL ? 20 : 4;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "OPERATOR_LEADERELECTION", "true",
          "OPERATOR_LEASE_DURATION", LEASE.toMillis() + "ms",
          "OPERATOR_LEASE_RENEW_DEADLINE", LEASE.toMillis() * 2 / 3 + "ms",
          "OPERATOR_LEASE_RETRY_PERIOD", LEASE.toMillis() / 7 + "ms");

  /** Enough that there is always something to write. */
  private static final int MODELS = 4;

  private int edits;
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Reign> reigns = new CopyOnWriteArrayList<>();
  private final List<Integer> exits = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private OperatorEnvironment environment;
  private List<Replica> replicas;

  /** A time from which on a replica led. */
  private record Reign(Replica leader, Instant from) {}

  @BeforeEach
  void start() {
    environment = OperatorEnvironment.prepare("takeover", SETTINGS);
    replicas = List.of(replica("one"), replica("two"));
    Stream.<Runnable>of(this::chronicle, this::restart, this::edit)
        .map(this::repeated)
        .map(Thread::startVirtualThread)
        .forEach(threads::add);
  }

  private Replica replica(String name) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("HOSTNAME", name);
    Replica replica = environment.replica(settings);
    // What it says of the faults is right.
    replica.process().expect(".*");
    replica.process().start();
    return replica;
  }

  private Runnable repeated(Runnable step) {
    return () -> {
      for (; !over.get(); LockSupport.parkNanos(Duration.ofMillis(40).toNanos())) {
        try {
          step.run();
        } catch (KubernetesClientException e) {
          log.atInfo().addKeyValue("error", e.getMessage()).log("the API server is slow");
        }
      }
    };
  }

  @AfterEach
  void stop() throws InterruptedException {
    over.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    environment.close();
  }

  @Test
  void neverLetsTwoWrite() throws Exception {
    for (int i = 0; i < TAKEOVERS; i++) {
      for (Replica replica : replicas) {
        replica.process().awaitReady();
      }
      Trouble trouble = Trouble.values()[i % Trouble.values().length];
      Replica leader = awaitWritesOfLeaderOtherThan(null);
      int ends = exits.size();
      Instant begun = Instant.now();
      try (Fault _ = trouble.begin(leader)) {
        awaitWritesOfLeaderOtherThan(leader);
        Duration lasts =
            FaultTimes.FULL ? Duration.ofSeconds(trouble == Trouble.STOPPED ? 32 : 60) : LEASE;
        await().atMost(lasts.plusSeconds(5)).until(() -> begun.plus(lasts).isBefore(Instant.now()));
      }
      log.atInfo()
          .addKeyValue("trouble", trouble)
          .addKeyValue("takenOverAfter", Duration.between(begun, reigns.getLast().from))
          .log("takeover");
      await(trouble + ": it ends").atMost(Duration.ofSeconds(20)).until(() -> exits.size() > ends);
      awaitWritesOfLeaderOtherThan(null);
      assertThat(writesOutOfTurn()).as("writes of who does not lead, " + trouble).isEmpty();
    }
    assertThat(exits).as("exit codes").hasSizeGreaterThanOrEqualTo(TAKEOVERS).containsOnly(1);
    assertThat(replicas.stream().flatMap(replica -> replica.process().log().stream()))
        .filteredOn(line -> line.contains("stops leading"))
        .as("one sentence for each end")
        .hasSameSizeAs(exits);
  }

  /** Notes who begins to lead. */
  private void chronicle() {
    Lease lease =
        environment
            .client()
            .leases()
            .inNamespace(environment.namespace())
            .withName(OperatorSettings.LEASE)
            .get();
    if (lease != null && lease.getSpec().getAcquireTime() != null) {
      Reign reign =
          new Reign(
              replicas.get("one".equals(lease.getSpec().getHolderIdentity()) ? 0 : 1),
              lease.getSpec().getAcquireTime().toInstant());
      if (reigns.isEmpty() || !reigns.getLast().equals(reign)) {
        reigns.add(reign);
      }
    }
  }

  /** Starts what has ended, as the kubelet does. */
  private void restart() {
    for (Replica replica : replicas) {
      if (!replica.process().isAlive()) {
        exits.add(replica.process().awaitEnd(Duration.ZERO));
        replica.process().start();
      }
    }
  }

  /** Changes the models all the time. */
  private void edit() {
    for (int i = 0; i < MODELS && !over.get(); i++) {
      environment.apply(
          Model.named("busy-" + i)
              .version("v1", 100)
              .with("autoscaling: {minReplicas: 1, maxReplicas: %d}".formatted(10 + edits++ % 9)));
    }
  }

  /** Also where the one that leads first loses its lease on the way: a slow machine may do that. */
  private Replica awaitWritesOfLeaderOtherThan(Replica before) {
    Instant start = Instant.now();
    return await("another writes")
        .atMost(LEASE.multipliedBy(2).plusSeconds(180))
        .until(
            () ->
                reigns.stream()
                    .reduce((_, last) -> last)
                    .map(Reign::leader)
                    .filter(leader -> leader != before)
                    .filter(
                        leader ->
                            writes(leader).stream().filter(w -> w.at().isAfter(start)).count() > 5),
            Optional::isPresent)
        .orElseThrow();
  }

  /** All but leases: those are how they agree. */
  private static List<Write> writes(Replica replica) {
    return replica.proxy().writes().stream()
        .filter(write -> !write.resource().equals("leases"))
        .filter(Write::isApplied)
        .toList();
  }

  /** What a replica has written after another one had begun to lead, or before its own turn. */
  private List<Write> writesOutOfTurn() {
    return replicas.stream()
        .flatMap(
            replica -> writes(replica).stream().filter(write -> leaderAt(write.at()) != replica))
        .toList();
  }

  private Replica leaderAt(Instant time) {
    return reigns.stream()
        .filter(reign -> !reign.from.isAfter(time))
        .reduce((_, last) -> last)
        .map(Reign::leader)
        .orElse(null);
  }
}
