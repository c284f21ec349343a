package dev.flightdelay.operator.child;

import dev.flightdelay.operator.child.ChildKind.Goes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The objects of a version. A kind that stands here is watched, observed, applied, and deleted with
 * its version or as soon as the spec asks for none; the operator's role and the chart's admission
 * policy must allow it. The routes are the whole model's, and not among them.
 */
public final class Children {

  // spotless:off
  /** All kinds, in the order in which a version's objects are made. */
  public static final List<ChildKind<?>> KINDS = List.of(
      // Before the pods, so that none is open for a moment.
      ChildKind.of(NetworkPolicy.class, PredictorNetworkPolicy::desired).goes(Goes.LAST),
      ChildKind.of(Service.class, PredictorService::desired),
      ChildKind.whereKnown(PredictorHealthCheckPolicy.RESOURCE, PredictorHealthCheckPolicy::desired),
      ChildKind.of(Deployment.class, PredictorDeployment::desired).goes(Goes.WITH_THE_PODS),
      ChildKind.of(HorizontalPodAutoscaler.class, PredictorAutoscaler::desired)
          .onlyIf(PredictorAutoscaler::isAsked)
          .goes(Goes.BEFORE_THE_PODS),
      ChildKind.of(PodDisruptionBudget.class, PredictorDisruptionBudget::desired));
  // spotless:on

  private static final List<ChildKind<?>> AS_THEY_GO =
      KINDS.stream().sorted(Comparator.<ChildKind<?>, Goes>comparing(ChildKind::goes)).toList();

  private Children() {}

  /** A version's objects of some kinds, as they should be, in the order in which they are made. */
  public static Stream<HasMetadata> desired(
      Collection<ChildKind<?>> kinds, DesiredVersion version) {
    return kinds.stream()
        .filter(kind -> kind.isAsked(version.version(), version.spec()))
        .map(kind -> kind.desired().apply(version));
  }

  /** A version's objects in the order in which they are deleted. */
  public static Stream<HasMetadata> asTheyGo(Collection<? extends HasMetadata> objects) {
    return AS_THEY_GO.stream().flatMap(kind -> objects.stream().filter(kind::isKindOf));
  }
}
