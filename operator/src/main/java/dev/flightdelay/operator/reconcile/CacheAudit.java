package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.namespaces.NamespaceReader;
import dev.flightdelay.operator.namespaces.WatchedNamespaces;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the caches have with what the API server has. A watch that is connected and silent,
 * or that lost an event, shows nowhere else: every reconciliation goes by the same cache. Resource
 * versions tell, so that no more of the objects than their metadata is asked for.
 */
public final class CacheAudit {

  private static final Logger log = LoggerFactory.getLogger(CacheAudit.class);

  private static final ResourceDefinitionContext MODELS =
      ResourceDefinitionContext.fromResourceType(FlightDelayModel.class);

  private static final String ABSENT = "absent";

  /** A namespace that is gone, or was taken from the operator's role. */
  private static final Set<Integer> REFUSED = Set.of(403, 404);

  private final FlightDelayModelReconciler reconciler;
  private final StoredVersions stored;
  private final WatchedNamespaces namespaces;
  private Map<String, Difference> last = Map.of();
  private int compared;
  private volatile int objects;

  /**
   * A difference.
   *
   * @param version that the API server has
   * @param unchanged whether the cache has still what it had
   */
  private record Difference(String version, BooleanSupplier unchanged) {}

  /** An audit of a reconciler's caches. */
  public CacheAudit(
      FlightDelayModelReconciler reconciler,
      KubernetesClient client,
      WatchedNamespaces namespaces) {
    this.reconciler = reconciler;
    this.stored = new StoredVersions(client);
    this.namespaces = namespaces;
  }

  /**
   * What differs now, as kind and namespace/name, with the resource version that the API server
   * has. An event that is on its way differs too: only what differs in the same way twice is lost.
   * A namespace that may not be read is left out, and the others are compared.
   *
   * @throws KubernetesClientException if the API server does not answer
   */
  public synchronized Map<String, String> differences() {
    Map<String, Difference> differences = new HashMap<>();
    compared = 0;
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
    objects = compared;
    last = differences;
    return differences.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().version()));
  }

  /**
   * Whether the cache still has what it had of an object that differed last; the API server is not
   * asked.
   */
  public synchronized boolean isBehind(String object) {
    Difference difference = last.get(object);
    return difference != null && difference.unchanged().getAsBoolean();
  }

  /** How many objects the API server had when they were compared last. */
  public int objects() {
    return objects;
  }

  private Map<String, Difference> differences(String namespace) {
    Map<String, Difference> differences = new HashMap<>();
    compare(
        MODELS,
        namespace,
        "",
        reconciler::model,
        reconciler.models().map(ResourceID::fromResource),
        differences);
    for (Informers.Watched<?> watched : reconciler.watched()) {
      compare(
          watched.kind(),
          namespace,
          Informers.OURS,
          watched.cache()::get,
          watched.cache().keys(),
          differences);
    }
    return differences;
  }

  private void compare(
      ResourceDefinitionContext kind,
      String namespace,
      String labels,
      Function<ResourceID, ? extends Optional<? extends HasMetadata>> cache,
      Stream<ResourceID> cached,
      Map<String, Difference> differences) {
    boolean all = namespace.equals(NamespaceReader.ALL);
    Set<ResourceID> missing = new HashSet<>();
    cached
        .filter(id -> all || id.getNamespace().filter(namespace::equals).isPresent())
        .forEach(missing::add);
    stored.forEach(
        kind,
        namespace,
        labels,
        (id, version) -> {
          compared++;
          missing.remove(id);
          String known = versionIn(cache, id);
          if (!Objects.equals(version, known) && !isNewer(known, version)) {
            differences.put(
                name(kind, id), new Difference(version, () -> known.equals(versionIn(cache, id))));
          }
        });
    for (ResourceID id : missing) {
      differences.put(name(kind, id), new Difference(ABSENT, () -> cache.apply(id).isPresent()));
    }
  }

  /**
   * Whether the cache is ahead of a list, whose pages are all as of its first: such an object has
   * changed meanwhile, and the cache knows it.
   */
  static boolean isNewer(String known, String listed) {
    return isNumber(known)
        && isNumber(listed)
        && new BigInteger(known).compareTo(new BigInteger(listed)) > 0;
  }

  private static boolean isNumber(String version) {
    return version != null && !version.isEmpty() && version.chars().allMatch(Character::isDigit);
  }

  private static String versionIn(
      Function<ResourceID, ? extends Optional<? extends HasMetadata>> cache, ResourceID id) {
    return cache.apply(id).map(object -> object.getMetadata().getResourceVersion()).orElse("");
  }

  private static String name(ResourceDefinitionContext kind, ResourceID id) {
    return kind.getKind() + " " + id.getNamespace().orElse("") + "/" + id.getName();
  }
}
