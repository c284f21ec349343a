package dev.flightdelay.operator.child;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * A kind of which each version has one object, or none.
 *
 * @param type of the objects; {@link GenericKubernetesResource} where there is no class for it
 * @param resource by which the API server is asked for it
 * @param everywhere whether every cluster knows it
 * @param goes when it is deleted with its version
 * @param asked whether the spec asks for one of a version
 * @param desired the object of a version
 */
public record ChildKind<R extends HasMetadata>(
    Class<R> type,
    ResourceDefinitionContext resource,
    boolean everywhere,
    Goes goes,
    BiPredicate<ModelVersion, FlightDelayModelSpec> asked,
    Function<DesiredVersion, R> desired) {

  /** When an object goes with its version; of several at once, those that came first. */
  public enum Goes {
    /** What would make pods anew. */
    BEFORE_THE_PODS,
    WITH_THE_PODS,
    AFTER_THE_PODS,
    /** What guards the pods as long as there may be any. */
    LAST
  }

  public ChildKind {
    requireNonNull(type);
    requireNonNull(resource);
    requireNonNull(goes);
    requireNonNull(asked);
    requireNonNull(desired);
  }

  /** A kind that every cluster knows, and every version has. */
  static <R extends HasMetadata> ChildKind<R> of(
      Class<R> type, Function<DesiredVersion, R> desired) {
    return new ChildKind<>(
        type,
        ResourceDefinitionContext.fromResourceType(type),
        true,
        Goes.AFTER_THE_PODS,
        (_, _) -> true,
        desired);
  }

  /** A kind that every version has in a cluster that knows it. */
  static ChildKind<GenericKubernetesResource> whereKnown(
      ResourceDefinitionContext resource,
      Function<DesiredVersion, GenericKubernetesResource> desired) {
    return new ChildKind<>(
        GenericKubernetesResource.class,
        resource,
        false,
        Goes.AFTER_THE_PODS,
        (_, _) -> true,
        desired);
  }

  ChildKind<R> onlyIf(BiPredicate<ModelVersion, FlightDelayModelSpec> asked) {
    return new ChildKind<>(type, resource, everywhere, goes, asked, desired);
  }

  ChildKind<R> goes(Goes goes) {
    return new ChildKind<>(type, resource, everywhere, goes, asked, desired);
  }

  /** Whether the spec asks for one of a version. */
  public boolean isAsked(ModelVersion version, FlightDelayModelSpec spec) {
    return asked.test(version, spec);
  }

  /** Whether an object is of this kind. */
  public boolean isKindOf(HasMetadata object) {
    return type.isInstance(object) && resource.getKind().equals(object.getKind());
  }
}
