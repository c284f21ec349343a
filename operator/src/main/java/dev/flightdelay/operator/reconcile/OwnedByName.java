package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.Autoscaling;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.PredictorAutoscaler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
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
 * operator has too, so that the API server is asked only for objects that must be there or have
 * just gone; and, once for each change of a spec, for those that the one before may have had.
 */
final class OwnedByName {

  private final Naming naming;
  private final Set<String> leaving = new HashSet<>();
  private final Set<String> unscaled = new HashSet<>();
  private final boolean rerouting;

  OwnedByName(FlightDelayModel model, Naming naming) {
    this.naming = naming;
    FlightDelayModelStatus status = model.getStatus();
    List<VersionStatus> known = status == null ? List.of() : status.versions();
    known.stream().map(VersionStatus::name).forEach(leaving::add);
    model.getSpec().versions().stream().map(ModelVersion::name).forEach(leaving::remove);
    boolean changed =
        status != null
            && !Objects.equals(status.observedGeneration(), model.getMetadata().getGeneration());
    if (changed) {
      model.getSpec().versions().stream()
          .filter(version -> mode(version, model) != Autoscaling.Mode.HPA)
          .map(ModelVersion::name)
          .forEach(unscaled::add);
    }
    this.rerouting =
        changed
            || status != null
                && status.conditions().stream()
                    .anyMatch(condition -> "Rerouting".equals(condition.getReason()));
  }

  private static Autoscaling.Mode mode(ModelVersion version, FlightDelayModel model) {
    return PredictorAutoscaler.autoscaling(version, model.getSpec()).mode();
  }

  /** With the objects of versions that are to go, one of a kind for each. */
  <R extends HasMetadata> Map<String, R> versions(
      Map<String, R> cached, NonNamespaceOperation<R, ?, ? extends Resource<R>> live) {
    return with(leaving, cached, live);
  }

  /** The same, and with those of versions that have just been told to have none. */
  Map<String, HorizontalPodAutoscaler> autoscalers(
      Map<String, HorizontalPodAutoscaler> cached,
      NonNamespaceOperation<HorizontalPodAutoscaler, ?, ? extends Resource<HorizontalPodAutoscaler>>
          live) {
    return with(unscaled, with(leaving, cached, live), live);
  }

  private <R extends HasMetadata> Map<String, R> with(
      Set<String> versions,
      Map<String, R> cached,
      NonNamespaceOperation<R, ?, ? extends Resource<R>> live) {
    Map<String, R> all = new HashMap<>(cached);
    for (String version : versions) {
      if (!cached.containsKey(version)) {
        owned(naming.name(version), live).ifPresent(object -> all.put(version, object));
      }
    }
    return all;
  }

  /** With the routes of one kind, while one of them is to go, or may be. */
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
