package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.child.Naming;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Compares what the caches have with what the API server has. A watch that is connected and silent,
 * or that lost an event, shows nowhere else: every reconciliation goes by the same cache.
 */
public final class CacheAudit {

  /** Of the objects, a few at a time: together they may be more than there is memory for. */
  private static final long PAGE = 100;

  private static final String ABSENT = "absent";

  private final FlightDelayModelReconciler reconciler;
  private final KubernetesClient client;
  private final List<String> namespaces;

  /**
   * An audit of a reconciler's caches.
   *
   * @param namespaces that are watched; empty for all
   */
  public CacheAudit(
      FlightDelayModelReconciler reconciler, KubernetesClient client, List<String> namespaces) {
    this.reconciler = reconciler;
    this.client = client;
    this.namespaces = List.copyOf(namespaces);
  }

  /**
   * What differs now, as kind and namespace/name, with the resource version that the API server
   * has. An event that is on its way differs too: only what differs in the same way twice is lost.
   *
   * @throws KubernetesClientException if the API server does not answer
   */
  public Map<String, String> differences() {
    Map<String, String> differences = new HashMap<>();
    Map<ResourceID, FlightDelayModel> models = new HashMap<>();
    reconciler.models().forEach(model -> models.put(ResourceID.fromResource(model), model));
    if (reconciler.started()) {
      compare(
          client.resources(FlightDelayModel.class),
          false,
          id -> Optional.ofNullable(models.get(id)),
          models.keySet().stream(),
          differences);
      for (Informers.Watched<?> watched : reconciler.watched()) {
        compare(watched, differences);
      }
    }
    return differences;
  }

  private <R extends HasMetadata> void compare(
      Informers.Watched<R> watched, Map<String, String> differences) {
    compare(watched.operation(), true, watched.cache()::get, watched.cache().keys(), differences);
  }

  private <R extends HasMetadata> void compare(
      MixedOperation<R, ? extends KubernetesResourceList<R>, ?> operation,
      boolean labelled,
      Function<ResourceID, Optional<R>> cache,
      Stream<ResourceID> cached,
      Map<String, String> differences) {
    Set<ResourceID> missing = new HashSet<>(cached.toList());
    String kind = "";
    for (String namespace : namespaces.isEmpty() ? List.of("") : namespaces) {
      FilterWatchListDeletable<R, ? extends KubernetesResourceList<R>, ?> all =
          namespace.isEmpty() ? operation.inAnyNamespace() : operation.inNamespace(namespace);
      String next = null;
      do {
        ListOptions page =
            new ListOptionsBuilder()
                .withLimit(PAGE)
                .withContinue(next)
                .withLabelSelector(
                    labelled ? Naming.MANAGED_BY_LABEL + "=" + Naming.MANAGED_BY : null)
                .build();
        KubernetesResourceList<R> list = all.list(page);
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
    }
    for (ResourceID id : missing) {
      differences.put(name(kind, id), ABSENT);
    }
  }

  private static String name(String kind, ResourceID id) {
    return kind + " " + id.getNamespace().orElse("") + "/" + id.getName();
  }
}
