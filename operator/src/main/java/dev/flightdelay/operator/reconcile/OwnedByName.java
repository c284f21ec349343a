package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model owns though the caches do not have it, because somebody took a label off: they see
 * what carries ours. What the spec asks for is applied, and has its labels back; what is to go is
 * nobody's otherwise, and stays for ever. Its names are known from the status, which a restarted
 * operator has too, so that the API server is asked only for objects that must be there or have
 * just gone.
 */
final class OwnedByName {

  private final Naming naming;
  private final Set<String> leaving = new HashSet<>();
  private final boolean rerouting;

  OwnedByName(FlightDelayModel model, Naming naming) {
    this.naming = naming;
    FlightDelayModelStatus status = model.getStatus();
    List<VersionStatus> known = status == null ? List.of() : status.versions();
    known.stream().map(VersionStatus::name).forEach(leaving::add);
    model.getSpec().versions().stream().map(ModelVersion::name).forEach(leaving::remove);
    this.rerouting =
        status != null
            && status.conditions().stream()
                .anyMatch(condition -> "Rerouting".equals(condition.getReason()));
  }

  /** With the objects of versions that are to go, one of a kind for each. */
  <R extends HasMetadata> Map<String, R> versions(
      Map<String, R> cached, NonNamespaceOperation<R, ?, ? extends Resource<R>> live) {
    Map<String, R> all = new HashMap<>(cached);
    for (String version : leaving) {
      if (!cached.containsKey(version)) {
        owned(naming.name(version), live).ifPresent(object -> all.put(version, object));
      }
    }
    return all;
  }

  /** With the routes of one kind, while one of them is to go. */
  <R extends HasMetadata> List<R> routes(
      List<R> cached, NonNamespaceOperation<R, ?, ? extends Resource<R>> live) {
    List<R> all = new ArrayList<>(cached);
    if (rerouting) {
      for (String name : List.of(naming.route(), naming.otherRoute())) {
        if (cached.stream().noneMatch(route -> name.equals(route.getMetadata().getName()))) {
          owned(name, live).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private <R extends HasMetadata> Optional<R> owned(
      String name, NonNamespaceOperation<R, ?, ? extends Resource<R>> live) {
    return Optional.ofNullable(live.withName(name).get())
        .filter(naming::controls)
        .filter(object -> object.getMetadata().getDeletionTimestamp() == null);
  }
}
