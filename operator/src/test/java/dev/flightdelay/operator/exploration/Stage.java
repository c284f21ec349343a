package dev.flightdelay.operator.exploration;

import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.exploration.Act.Trouble;
import dev.flightdelay.operator.faults.Fault;
import dev.flightdelay.operator.faults.FaultProxy;
import dev.flightdelay.operator.faults.WriteFault;
import dev.flightdelay.operator.faults.WriteFault.Applied;
import dev.flightdelay.operator.faults.Writes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Where the acts of a round are played, and what has become of each model. */
final class Stage {
  /** What the API server answers a stranger who is too late, or too early. */
  private static final Set<Integer> MISSED =
      Set.of(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT);

  private final OperatorEnvironment environment;
  private final Map<String, ModelState> states = new TreeMap<>();
  private final Map<String, List<String>> histories = new TreeMap<>();
  private final List<String> troubles = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private boolean away;
  private int applied;

  Stage(OperatorEnvironment environment) {
    this.environment = environment;
  }

  void play(Act act) {
    switch (act) {
      case Act.Apply(ModelState state) -> apply(state);
      case Act.MakeAnew(ModelState state) -> {
        tell(state.model(), "deleted");
        environment.delete(state.model());
        apply(state);
      }
      case Act.Meddle(String object, Deed deed) -> meddle(object, deed);
      case Act.Scale(String deployment, int replicas) ->
          meddle(
              deployment,
              new Deed(
                  "apps/v1", "Deployment", "{\"spec\":{\"replicas\":%d}}".formatted(replicas)));
      case Trouble trouble -> {
        troubles.add(trouble + " after " + applied + " states");
        begin(trouble);
      }
      case Act.Pause(Duration length) -> {
        LockSupport.parkNanos(length.toNanos());
        endTroubles();
      }
    }
  }

  /** The state of each model that was applied last. */
  Map<String, ModelState> states() {
    return Map.copyOf(states);
  }

  /** How many states were applied. */
  int applied() {
    return applied;
  }

  /** What a model has gone through, a line for each act. */
  String history(String model) {
    return "\n  " + String.join("\n  ", histories.get(model)) + "\n  troubles " + troubles;
  }

  void apply(ModelState state) {
    applied++;
    states.put(state.model(), state);
    tell(state.model(), state.toString());
    environment
        .client()
        .resource(state.resource())
        .inNamespace(environment.namespace())
        .forceConflicts()
        .fieldManager("user")
        .serverSideApply();
  }

  /** Somebody annotates a model. */
  void annotate(String model, String name, String value) {
    tell(model, "annotated " + name + "=" + value);
    environment
        .model(model)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(name, value));
  }

  private void meddle(String object, Deed deed) {
    Resource<GenericKubernetesResource> child =
        environment
            .client()
            .genericKubernetesResources(deed.apiVersion(), deed.kind())
            .inNamespace(environment.namespace())
            .withName(object);
    boolean there = child.get() != null;
    tell(object.split("[-.]")[0], deed + " to " + object + (there ? "" : ", which is not there"));
    if (!there) {
      return;
    }
    try {
      if (deed.patch().isEmpty()) {
        child.delete();
      } else {
        // As kubectl edit would: lists keep their other entries. The Gateway API has no such merge.
        child.patch(
            PatchContext.of(
                deed.kind().equals("HTTPRoute") ? PatchType.JSON_MERGE : PatchType.STRATEGIC_MERGE),
            deed.patch());
      }
    } catch (KubernetesClientException e) {
      if (!MISSED.contains(e.getCode())) {
        throw e;
      }
    }
  }

  private void tell(String model, String what) {
    histories.computeIfAbsent(model, _ -> new ArrayList<>()).add(applied + ": " + what);
  }

  private void begin(Trouble trouble) {
    FaultProxy proxy = environment.proxy();
    int number = trouble.number();
    Writes some = new Writes(Writes.all().matching(), number, number + 3);
    try {
      switch (trouble.kind()) {
        case KILLED -> environment.operator().kill();
        case KILLED_AT_NTH_WRITE ->
            faults.add(
                proxy.failWrites(
                    Writes.nth(number), new WriteFault.Then(environment.operator()::kill)));
        case STOPPED -> environment.operator().terminate();
        case CONNECTIONS_CUT -> proxy.cutConnections();
        case WATCHES_EXPIRED -> proxy.expireWatches();
        case WATCHES_FROZEN -> faults.add(proxy.freezeWatches(_ -> true));
        case SLOW -> faults.add(proxy.slow(Duration.ofMillis(20L * number)));
        case AWAY -> {
          if (!away) {
            faults.add(proxy.outage());
            away = true;
          }
        }
        case CONFLICTS -> faults.add(proxy.failWrites(some, WriteFault.conflict(Applied.NO)));
        case ERRORS -> faults.add(proxy.failWrites(some, WriteFault.internalError(Applied.YES)));
        case TOO_MANY_REQUESTS ->
            faults.add(proxy.failWrites(some, WriteFault.tooManyRequests(Duration.ofSeconds(1))));
        case ANSWERS_LOST -> faults.add(proxy.failWrites(some, new WriteFault.Reset(Applied.YES)));
        case WRITES_LOST -> faults.add(proxy.failWrites(some, new WriteFault.Reset(Applied.NO)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The API server is well again, and the operator is started anew where it has ended. */
  void endTroubles() {
    faults.forEach(Fault::close);
    faults.clear();
    away = false;
    if (!environment.operator().isAlive()) {
      environment.operator().start();
    }
  }
}
