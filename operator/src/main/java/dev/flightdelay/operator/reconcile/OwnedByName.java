package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.child.ChildKind;
import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a model owns though the caches do not have it, because somebody took a label off: they see
 * what carries ours. What the spec asks for is applied, and has its labels back; what is to go is
 * nobody's otherwise, and stays for ever. Its names are known from the status, which a restarted
 * operator has too, and from what else there is of a version, should the operator have ended before
 * the version's first status; so that the API server is asked only for objects that must be there
 * or have just gone; and, once for each change of a spec, for those that the one before may have
 * had.
 */
final class OwnedByName {

  private final Naming naming;
  private final Set<String> leaving = new HashSet<>();
  private final FlightDelayModelSpec spec;
  private final boolean changed;
  private final boolean rerouting;

  /**
   * @param seen the versions of which the caches have anything
   */
  OwnedByName(FlightDelayModel model, Naming naming, Set<String> seen) {
    this.naming = naming;
    FlightDelayModelStatus status = model.getStatus();
    List<VersionStatus> known = status == null ? List.of() : status.versions();
    known.stream().map(VersionStatus::name).forEach(leaving::add);
    leaving.addAll(seen);
    model.getSpec().versions().stream().map(ModelVersion::name).forEach(leaving::remove);
    this.spec = model.getSpec();
    this.changed =
        status != null
            && !Objects.equals(status.observedGeneration(), model.getMetadata().getGeneration());
    this.rerouting =
        changed
            || status != null
                && status.conditions().stream()
                    .anyMatch(condition -> "Rerouting".equals(condition.getReason()));
  }

  /**
   * The objects of a kind, by version, with those of versions that are to go, and of those that
   * have just been told to have none.
   */
  Map<String, HasMetadata> children(
      ChildKind<?> kind, Map<String, HasMetadata> cached, KubernetesClient client) {
    Set<String> wanted = new HashSet<>(leaving);
    if (changed) {
      spec.versions().stream()
          .filter(version -> !kind.isAsked(version, spec))
          .map(ModelVersion::name)
          .forEach(wanted::add);
    }
    Map<String, HasMetadata> all = new HashMap<>(cached);
    for (String version : wanted) {
      if (!cached.containsKey(version)) {
        owned(live(kind, naming.name(version), client))
            .ifPresent(object -> all.put(version, object));
      }
    }
    return all;
  }

  private Resource<? extends HasMetadata> live(
      ChildKind<?> kind, String name, KubernetesClient client) {
    return kind.type() == GenericKubernetesResource.class
        ? client
            .genericKubernetesResources(kind.resource())
            .inNamespace(naming.namespace())
            .withName(name)
        : client.resources(kind.type()).inNamespace(naming.namespace()).withName(name);
  }

  /** With the routes of one kind, while one of them is to go, or may be. */
  <R extends HasMetadata> List<R> routes(
      List<R> cached, NonNamespaceOperation<R, ?, ? extends Resource<R>> live) {
    List<R> all = new ArrayList<>(cached);
    if (rerouting) {
      for (String name : List.of(naming.route(), naming.otherRoute())) {
        if (cached.stream().noneMatch(route -> name.equals(route.getMetadata().getName()))) {
          owned(live.withName(name)).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private <R extends HasMetadata> Optional<R> owned(Resource<R> live) {
    return Optional.ofNullable(live.get())
        // With the labels it may have lost its owner.
        .filter(object -> !Ownership.isAnothers(object, naming))
        .filter(object -> object.getMetadata().getDeletionTimestamp() == null);
  }
}
