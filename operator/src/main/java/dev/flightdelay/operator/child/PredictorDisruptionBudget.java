package dev.flightdelay.operator.child;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Map;

/** How many pods of one version a drained node may take at a time. */
public final class PredictorDisruptionBudget {

  private PredictorDisruptionBudget() {}

  /** The PodDisruptionBudget of a version: in a form that never blocks a drain for ever. */
  public static PodDisruptionBudget desired(DesiredVersion version) {
    // spotless:off
    return new PodDisruptionBudgetBuilder()
        .withMetadata(version.metadata(Map.of()))
        .withNewSpec()
          .withMaxUnavailable(new IntOrString(1))
          .withUnhealthyPodEvictionPolicy("AlwaysAllow")
          .withNewSelector()
            .withMatchLabels(version.selector())
          .endSelector()
        .endSpec()
        .build();
    // spotless:on
  }
}
