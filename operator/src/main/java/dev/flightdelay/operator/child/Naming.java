package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names, labels and owners of everything that belongs to one model. A version's name has no dash,
 * so that {@code <model>-<version>} belongs to one model only.
 */
public record Naming(String namespace, String model, OwnerReference owner) {

  /** On everything that the operator makes; its informers select by it. */
  public static final String MANAGED_BY = "flight-delay-operator";

  /** By which the API server knows what the operator applied. */
  public static final String FIELD_MANAGER = "flight-delay-operator";

  public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
  public static final String MODEL_LABEL = "app.kubernetes.io/instance";
  public static final String VERSION_LABEL = "app.kubernetes.io/version";

  private static final String NAME_LABEL = "app.kubernetes.io/name";
  private static final String COMPONENT_LABEL = "app.kubernetes.io/component";
  private static final String PART_OF_LABEL = "app.kubernetes.io/part-of";
  private static final String NAME = "flight-delay-predictor";

  /** Names for a model that the API server has. */
  public static Naming of(FlightDelayModel model) {
    return new Naming(
        model.getMetadata().getNamespace(),
        model.getMetadata().getName(),
        new OwnerReferenceBuilder()
            .withApiVersion(model.getApiVersion())
            .withKind(model.getKind())
            .withName(model.getMetadata().getName())
            .withUid(model.getMetadata().getUid())
            .withController(true)
            .build());
  }

  /** The name of what belongs to one version. */
  public String name(String version) {
    return model + "-" + version;
  }

  /** The labels that select one version's pods; a Deployment never changes them. */
  public Map<String, String> selector(String version) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(NAME_LABEL, NAME);
    labels.put(MODEL_LABEL, model);
    labels.put(VERSION_LABEL, version);
    return labels;
  }

  /** All labels of what belongs to one version. */
  public Map<String, String> labels(String version) {
    Map<String, String> labels = selector(version);
    labels.put(COMPONENT_LABEL, "predictor");
    labels.put(MANAGED_BY_LABEL, MANAGED_BY);
    labels.put(PART_OF_LABEL, model);
    return labels;
  }

  /** The name of the route. */
  public String route() {
    return model;
  }

  /**
   * The name of the route that comes while another has that name. No model is called so: there is
   * no dot in a model's name.
   */
  public String otherRoute() {
    return model + ".2";
  }

  ObjectMeta versionMetadata(String version, Map<String, String> annotations) {
    return metadata(name(version), labels(version), annotations);
  }

  ObjectMeta routeMetadata(String name, Map<String, String> annotations) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(NAME_LABEL, NAME);
    labels.put(MODEL_LABEL, model);
    labels.put(COMPONENT_LABEL, "route");
    labels.put(MANAGED_BY_LABEL, MANAGED_BY);
    labels.put(PART_OF_LABEL, model);
    return metadata(name, labels, annotations);
  }

  private ObjectMeta metadata(
      String name, Map<String, String> labels, Map<String, String> annotations) {
    return new ObjectMetaBuilder()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(labels)
        .withAnnotations(annotations.isEmpty() ? null : annotations)
        .withOwnerReferences(owner)
        .build();
  }

  /** Whether this very model, not one of the same name before it, controls the object. */
  public boolean controls(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            reference ->
                Boolean.TRUE.equals(reference.getController())
                    && owner.getUid().equals(reference.getUid()));
  }

  /** Whether a model of this name that was deleted before controls the object. */
  public boolean predecessorControls(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            reference ->
                Boolean.TRUE.equals(reference.getController())
                    && owner.getKind().equals(reference.getKind())
                    && reference.getApiVersion().startsWith(FlightDelayModel.GROUP + "/")
                    && model.equals(reference.getName())
                    && !owner.getUid().equals(reference.getUid()));
  }

  /** The version that an object belongs to, from its label. */
  public static Optional<String> versionOf(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? Optional.empty() : Optional.ofNullable(labels.get(VERSION_LABEL));
  }
}
