package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.namespaces.NamespaceReader;
import dev.flightdelay.operator.namespaces.WatchedNamespaces;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the caches have with what the API server has. A watch that is connected and silent,
 * or that lost an event, shows nowhere else: every reconciliation goes by the same cache.
 */
public final class CacheAudit {

  private static final Logger log = LoggerFactory.getLogger(CacheAudit.class);

  /** Of the objects, a few at a time: together they may be more than there is memory for. */
  private static final long PAGE = 100;

  private static final String ABSENT = "absent";

  /** A namespace that is gone, or was taken from the operator's role. */
  private static final Set<Integer> REFUSED = Set.of(403, 404);

  private final FlightDelayModelReconciler reconciler;
  private final KubernetesClient client;
  private final WatchedNamespaces namespaces;

  /** An audit of a reconciler's caches. */
  public CacheAudit(
      FlightDelayModelReconciler reconciler,
      KubernetesClient client,
      WatchedNamespaces namespaces) {
    this.reconciler = reconciler;
    this.client = client;
    this.namespaces = namespaces;
  }

  /**
   * What differs now, as kind and namespace/name, with the resource version that the API server
   * has. An event that is on its way differs too: only what differs in the same way twice is lost.
   * A namespace that may not be read is left out, and the others are compared.
   *
   * @throws KubernetesClientException if the API server does not answer
   */
  public Map<String, String> differences() {
    Map<String, String> differences = new HashMap<>();
    if (reconciler.isStarted()) {
      for (String namespace : namespaces.open()) {
        try {
          differences.putAll(differences(namespace));
        } catch (KubernetesClientException e) {
          if (!REFUSED.contains(e.getCode())) {
            throw e;
          }
          log.atDebug().addKeyValue("namespace", namespace).setCause(e).log("not compared");
        }
      }
    }
    return differences;
  }

  private Map<String, String> differences(String namespace) {
    Map<String, String> differences = new HashMap<>();
    Map<ResourceID, FlightDelayModel> models = new HashMap<>();
    reconciler.models().forEach(model -> models.put(ResourceID.fromResource(model), model));
    compare(
        client.resources(FlightDelayModel.class),
        namespace,
        false,
        id -> Optional.ofNullable(models.get(id)),
        models.keySet().stream(),
        differences);
    for (Informers.Watched<?> watched : reconciler.watched()) {
      compare(watched, namespace, differences);
    }
    return differences;
  }

  private <R extends HasMetadata> void compare(
      Informers.Watched<R> watched, String namespace, Map<String, String> differences) {
    compare(
        watched.operation(),
        namespace,
        true,
        watched.cache()::get,
        watched.cache().keys(),
        differences);
  }

  private <R extends HasMetadata> void compare(
      MixedOperation<R, ? extends KubernetesResourceList<R>, ?> operation,
      String namespace,
      boolean labelled,
      Function<ResourceID, Optional<R>> cache,
      Stream<ResourceID> cached,
      Map<String, String> differences) {
    boolean all = namespace.equals(NamespaceReader.ALL);
    Set<ResourceID> missing = new HashSet<>();
    cached
        .filter(id -> all || id.getNamespace().filter(namespace::equals).isPresent())
        .forEach(missing::add);
    FilterWatchListDeletable<R, ? extends KubernetesResourceList<R>, ?> objects =
        all ? operation.inAnyNamespace() : operation.inNamespace(namespace);
    String kind = "";
    String next = null;
    do {
      ListOptions page =
          new ListOptionsBuilder()
              .withLimit(PAGE)
              .withContinue(next)
              .withLabelSelector(
                  labelled ? Naming.MANAGED_BY_LABEL + "=" + Naming.MANAGED_BY : null)
              .build();
      KubernetesResourceList<R> list = objects.list(page);
      for (R live : list.getItems()) {
        kind = live.getKind();
        ResourceID id = ResourceID.fromResource(live);
        missing.remove(id);
        String version = live.getMetadata().getResourceVersion();
        String known =
            cache.apply(id).map(object -> object.getMetadata().getResourceVersion()).orElse("");
        if (!Objects.equals(version, known)) {
          differences.put(name(live.getKind(), id), version);
        }
      }
      next = list.getMetadata() == null ? null : list.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    for (ResourceID id : missing) {
      differences.put(name(kind, id), ABSENT);
    }
  }

  private static String name(String kind, ResourceID id) {
    return kind + " " + id.getNamespace().orElse("") + "/" + id.getName();
  }
}
