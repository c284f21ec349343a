package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.cluster.PodBehaviour;
import dev.flightdelay.operator.faults.Write;
import dev.flightdelay.operator.faults.Write.Operation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many models on an API server without nodes, by default 50; load-tests/operator/run asks for 1,000
 * and prints the table.
 */
class ScaleIT {
  private static final int MODELS = Integer.getInteger("scale.models", 50);
  private static final int PER_SECOND = 10;

  /** Service, Deployment, NetworkPolicy and Ingress. */
  private static final int CHILDREN = 4;

  private static OperatorEnvironment environment;

  @BeforeAll
  static void start() {
    environment = OperatorEnvironment.start("scale");
    environment.kubelet().let(_ -> true, new PodBehaviour.StaysPending());
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  @Test
  void keepsUpWithManyModels() throws Exception {
    Map<String, Instant> applied = new LinkedHashMap<>();
    Instant start = Instant.now();
    for (int i = 0; i < MODELS; i++) {
      Instant due = start.plusMillis(1000L * i / PER_SECOND);
      LockSupport.parkNanos(Duration.between(Instant.now(), due).toNanos());
      String name = "m" + i + "x";
      applied.put(name, Instant.now());
      environment.apply(
          Model.named(name).version("v1", 100).with("autoscaling: {mode: None, minReplicas: 1}"));
    }
    await("all children are there")
        .atMost(Duration.ofSeconds(60 + MODELS))
        .until(() -> childrenWritten().size() == MODELS);
    Instant allThere = Instant.now();
    await("all are observed").atMost(Duration.ofSeconds(60)).until(() -> observed() == MODELS);
    // The cluster's own controllers take their time to make so many pods, each of which is a
    // status.
    environment.awaitQuiet(Duration.ofSeconds(3), Duration.ofSeconds(60 + MODELS));
    Map<String, Instant> written = childrenWritten();
    List<Duration> latencies =
        applied.entrySet().stream()
            .map(model -> Duration.between(model.getValue(), written.get(model.getKey())))
            .sorted()
            .toList();
    int writes = environment.writes().size();
    int events = environment.proxy().writes().size() - writes;
    long heap = environment.operator().liveHeapBytes();
    long resident = environment.operator().residentBytes();

    environment.operator().terminate();
    for (String name : applied.keySet()) {
      environment
          .model(name)
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"drainSeconds\":11}}");
    }
    assertThat(observed()).isZero();
    Instant restart = Instant.now();
    environment.operator().start();
    await("a restarted operator has observed all")
        .atMost(Duration.ofSeconds(180))
        .until(() -> observed() == MODELS);
    Duration observedAgain = Duration.between(restart, Instant.now());

    System.out.printf(
        """

        | models | children | applied at | all children there after the last apply | median | p99 | API writes a model | events a model | heap after GC (limit 256) | resident | a restarted operator has observed all |
        |---|---|---|---|---|---|---|---|---|---|---|
        | %,d | %,d | %d/s | %.1f s | %.2f s | %.2f s | %.1f | %.1f | %d MiB | %d MiB | %.1f s |

        """,
        MODELS,
        MODELS * CHILDREN,
        PER_SECOND,
        seconds(Duration.between(List.copyOf(applied.values()).getLast(), allThere)),
        seconds(latencies.get(MODELS / 2)),
        seconds(latencies.get(MODELS * 99 / 100)),
        (double) writes / MODELS,
        (double) events / MODELS,
        heap >> 20,
        resident >> 20,
        seconds(observedAgain));
    assertThat(observedAgain).isLessThanOrEqualTo(Duration.ofSeconds(60));
    assertThat(environment.operator().log()).noneMatch(line -> line.contains("OutOfMemoryError"));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** When each model's last child was created, of those that have all. */
  private static Map<String, Instant> childrenWritten() {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Instant> last = new HashMap<>();
    for (Write write : environment.writes()) {
      if (write.operation() == Operation.CREATE && write.isApplied()) {
        String model = write.object().split("/")[2].split("-")[0];
        counts.merge(model, 1, Integer::sum);
        last.put(model, write.at());
      }
    }
    last.keySet().removeIf(model -> counts.get(model) < CHILDREN);
    return last;
  }

  private static long observed() {
    return environment
        .client()
        .resources(FlightDelayModel.class)
        .inNamespace(environment.namespace())
        .list()
        .getItems()
        .stream()
        .filter(
            model ->
                model.getStatus() != null
                    && model
                        .getMetadata()
                        .getGeneration()
                        .equals(model.getStatus().observedGeneration()))
        .count();
  }
}
