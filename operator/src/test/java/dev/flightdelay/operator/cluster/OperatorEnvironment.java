package dev.flightdelay.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.faults.FaultProxy;
import dev.flightdelay.operator.faults.Write;
import dev.flightdelay.operator.faults.Write.Operation;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A namespace of a real API server with a fake kubelet, and the operator as a process that reaches
 * the API server through a fault proxy, with the rights of its own Role.
 */
public final class OperatorEnvironment implements AutoCloseable {
  /** The namespaced Roles that are shipped: the operator serves its own namespace here. */
  private static final List<String> ROLES = List.of("role.yaml", "role-leader-election.yaml");

  private static final String SERVICE_ACCOUNT = "flight-delay-operator";

  private static final String HEAP = "256m";

  private final String heap;
  private final ApiServer server;
  private final String namespace;
  private final FaultProxy proxy;
  private final FakeKubelet kubelet;
  private final OperatorProcess operator;
  private final List<Replica> replicas = new ArrayList<>();

  /** A further replica of the operator, which reaches the API server through its own proxy. */
  public record Replica(OperatorProcess process, FaultProxy proxy) {}

  private OperatorEnvironment(String purpose, Map<String, String> settings, String heap) {
    this.heap = heap;
    server = ApiServer.shared();
    namespace = server.newNamespace(purpose);
    kubelet = new FakeKubelet(server, namespace);
    proxy = newProxy();
    operator = newProcess(proxy, settings);
  }

  private FaultProxy newProxy() {
    try {
      return new FaultProxy(server.address(), server.trust());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OperatorProcess newProcess(FaultProxy before, Map<String, String> settings) {
    Config config =
        ServiceAccountConfig.create(server, namespace, SERVICE_ACCOUNT, rules(), before.address());
    Map<String, String> all = new HashMap<>();
    all.put("OPERATOR_NAMESPACE", namespace);
    all.put("OPERATOR_PREDICTORIMAGE", "registry.example/predictor:1");
    // A killed operator's lease would keep the next one waiting; PermissionsIT has it on.
    all.put("OPERATOR_LEADERELECTION", "false");
    all.putAll(settings);
    all.replaceAll((_, value) -> value.replace("NAMESPACE", namespace));
    return new OperatorProcess(config, all, heap);
  }

  /** A namespace and its nodes, where no operator runs yet. */
  public static OperatorEnvironment prepare(String purpose, Map<String, String> settings) {
    return new OperatorEnvironment(purpose, settings, HEAP);
  }

  /** A further replica, which does not run yet. */
  public Replica replica(Map<String, String> settings) {
    FaultProxy own = newProxy();
    Replica replica = new Replica(newProcess(own, settings), own);
    replicas.add(replica);
    return replica;
  }

  /** The operator runs and is ready. */
  public static OperatorEnvironment start(String purpose) {
    return start(purpose, Map.of());
  }

  /**
   * The same with settings.
   *
   * @param settings environment variables, in which NAMESPACE stands for the operator's own
   */
  public static OperatorEnvironment start(String purpose, Map<String, String> settings) {
    return start(purpose, settings, HEAP);
  }

  /**
   * The same with a heap of another size.
   *
   * @param heap such as 1g
   */
  public static OperatorEnvironment start(
      String purpose, Map<String, String> settings, String heap) {
    StartCache.make();
    OperatorEnvironment environment = new OperatorEnvironment(purpose, settings, heap);
    environment.operator.start();
    try {
      environment.operator.awaitReady();
    } catch (RuntimeException e) {
      environment.close();
      throw e;
    }
    return environment;
  }

  /** What the operator may do in its namespace. */
  public static List<PolicyRule> rules() {
    return ROLES.stream()
        .map(Path.of("src", "main", "rbac")::resolve)
        .flatMap(
            file -> {
              try {
                return Serialization.unmarshal(Files.readString(file), Role.class)
                    .getRules()
                    .stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  /** Gives the operator these rights from now on, and no others. */
  public void permit(List<PolicyRule> rules) {
    ServiceAccountConfig.permit(server, namespace, SERVICE_ACCOUNT, rules);
  }

  /** Makes a namespace in which the operator has the same rights as in its own. */
  public void newServedNamespace(String name) {
    server.makeNamespace(name);
    ServiceAccountConfig.bind(server, name, SERVICE_ACCOUNT, rules(), namespace);
  }

  /** The cluster's user. */
  public KubernetesClient client() {
    return server.client();
  }

  public ApiServer server() {
    return server;
  }

  public String namespace() {
    return namespace;
  }

  public FaultProxy proxy() {
    return proxy;
  }

  public FakeKubelet kubelet() {
    return kubelet;
  }

  public OperatorProcess operator() {
    return operator;
  }

  public void apply(Model model) {
    apply(namespace, model);
  }

  /** In another namespace than the operator's. */
  public void apply(String where, Model model) {
    client()
        .resource(model.resource())
        .inNamespace(where)
        .forceConflicts()
        .fieldManager("user")
        .serverSideApply();
  }

  /** What the operator's namespace has of a kind. */
  public <R extends HasMetadata> List<R> list(Class<R> kind) {
    return client().resources(kind).inNamespace(namespace).list().getItems();
  }

  public Resource<FlightDelayModel> model(String name) {
    return client().resources(FlightDelayModel.class).inNamespace(namespace).withName(name);
  }

  public void delete(String name) {
    model(name).delete();
  }

  /** A condition of the model, if it is about the current generation. */
  public Optional<Condition> condition(String name, String type) {
    return condition(model(name).get(), type);
  }

  private static Optional<Condition> condition(FlightDelayModel model, String type) {
    if (model == null || model.getStatus() == null || model.getStatus().conditions() == null) {
      return Optional.empty();
    }
    long generation = model.getMetadata().getGeneration();
    return model.getStatus().conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .filter(condition -> condition.getObservedGeneration() == generation)
        .findFirst();
  }

  /** Waits until the model's traffic is routed so, such as v1=90,v2=10. */
  public void awaitTraffic(String name, String traffic) {
    await(name + " is routed as " + traffic)
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(Optional.ofNullable(model(name).get().getStatus()))
                    .hasValueSatisfying(status -> assertThat(status.traffic()).isEqualTo(traffic)));
  }

  /** Waits until the model is Ready for its current generation, and nothing is on its way. */
  public void awaitReady(String name) {
    awaitCondition(name, "Ready", "True", Duration.ofSeconds(60));
    awaitCondition(name, "Progressing", "False", Duration.ofSeconds(60));
  }

  public void awaitCondition(String name, String type, String status, Duration atMost) {
    await(name + " is " + type + "=" + status)
        .atMost(atMost)
        .untilAsserted(
            () -> {
              FlightDelayModel model = model(name).get();
              assertThat(condition(model, type))
                  .as(() -> type + " of " + model)
                  .hasValueSatisfying(
                      c ->
                          assertThat(c.getStatus())
                              .as(() -> c.getReason() + ": " + c.getMessage())
                              .isEqualTo(status));
            });
  }

  /** Waits until the operator has not written for a while, leases aside. */
  public void awaitQuiet(Duration howLong) {
    awaitQuiet(howLong, howLong.plusSeconds(60));
  }

  /** The same, for what may take longer. */
  public void awaitQuiet(Duration howLong, Duration atMost) {
    Instant start = Instant.now();
    await("no writes for " + howLong)
        .atMost(atMost)
        .pollInterval(howLong.dividedBy(10))
        .until(
            () ->
                Stream.concat(Stream.of(start), writes().stream().map(Write::at))
                    .max(Instant::compareTo)
                    .orElseThrow()
                    .plus(howLong)
                    .isBefore(Instant.now()));
  }

  /** What the operator has written so far, leases and events aside. */
  public List<Write> writes() {
    return proxy.writes().stream()
        .filter(write -> !write.resource().equals("leases"))
        .filter(write -> !write.resource().equals("events"))
        .toList();
  }

  /** How often each object of the model was created and deleted, as the API server took it. */
  public Map<String, Integer> creationsAndDeletions(String model) {
    Map<String, Integer> counts = new TreeMap<>();
    writes().stream()
        .filter(Write::isApplied)
        .filter(w -> w.operation() == Operation.CREATE || w.operation() == Operation.DELETE)
        .filter(w -> (w.object() + "-").contains("/" + model + "-"))
        .forEach(
            w ->
                counts.merge(
                    w.operation()
                        + " "
                        + w.object().replace(namespace, "NAMESPACE").replace(model, "MODEL"),
                    1,
                    Integer::sum));
    return counts;
  }

  /** What there is of a model now, whatever its name. */
  public ClusterState state(String model) {
    return ClusterState.of(server, namespace).of(model);
  }

  /** The same of several, as they are at one time. */
  public Map<String, ClusterState> states(Collection<String> models) {
    ClusterState all = ClusterState.of(server, namespace);
    return models.stream().collect(Collectors.toMap(model -> model, all::of));
  }

  @Override
  public void close() {
    try (operator) {
      for (Replica replica : replicas) {
        replica.process.close();
      }
    } finally {
      kubelet.close();
      client().namespaces().withName(namespace).delete();
      try {
        proxy.close();
        for (Replica replica : replicas) {
          replica.proxy.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
