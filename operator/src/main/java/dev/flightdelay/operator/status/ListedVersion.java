package dev.flightdelay.operator.status;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.child.Annotations;
import dev.flightdelay.operator.child.PredictorAutoscaler;
import dev.flightdelay.operator.rollout.HeldVersion;
import java.util.Optional;

/** A version as the sentence sees it that tells why its share waits. */
record ListedVersion(Findings findings, ModelVersion version) implements HeldVersion {

  @Override
  public String name() {
    return version.name();
  }

  @Override
  public int traffic() {
    return version.traffic();
  }

  @Override
  public int readyReplicas() {
    return findings.health(version).readyReplicas();
  }

  @Override
  public Optional<String> stuck() {
    return findings.health(version).stuck();
  }

  @Override
  public boolean splits() {
    return findings.spec().expose().type() != Expose.Type.Ingress;
  }

  /** By whoever decides on the number of its pods. */
  @Override
  public String morePods(int pods) {
    return switch (PredictorAutoscaler.autoscaling(version, findings.spec()).mode()) {
      case None -> "set its autoscaling.minReplicas to " + pods;
      case External, HPA ->
          "kubectl -n %s scale deployment/%s --replicas=%d"
              .formatted(findings.naming().namespace(), findings.naming().name(name()), pods);
    };
  }

  @Override
  public String promotion() {
    return "kubectl -n %s annotate --overwrite fdm/%s %s"
        .formatted(
            findings.naming().namespace(),
            findings.naming().model(),
            Annotations.promotion(findings.model(), name(), version.model().sha256()));
  }
}
