package dev.flightdelay.operator.child;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.rollout.Prescale;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Optional;

/**
 * What the objects of one version are made of.
 *
 * @param remembered what a rollout has on the version's Deployment: annotations by their name
 *     without the group
 * @param promoted the command to promote it that was carried out
 * @param prescale the pods that it must have for a share of traffic that rises
 */
public record DesiredVersion(
    Naming naming,
    FlightDelayModelSpec spec,
    ModelVersion version,
    Map<String, String> remembered,
    Optional<String> promoted,
    Optional<Prescale> prescale,
    ChildSettings settings) {

  public DesiredVersion {
    requireNonNull(naming);
    requireNonNull(spec);
    requireNonNull(version);
    remembered = Map.copyOf(remembered);
    requireNonNull(promoted);
    requireNonNull(prescale);
    requireNonNull(settings);
  }

  /** The name of each of its objects. */
  String objectName() {
    return naming.name(version.name());
  }

  ObjectMeta metadata(Map<String, String> annotations) {
    return naming.versionMetadata(version.name(), annotations);
  }

  /** All labels of its objects. */
  Map<String, String> labels() {
    return naming.labels(version.name());
  }

  /** Those of them that select its pods. */
  Map<String, String> selector() {
    return naming.selector(version.name());
  }
}
