package dev.flightdelay.operator.status;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.child.Annotations;
import dev.flightdelay.operator.child.PredictorAutoscaler;
import dev.flightdelay.operator.rollout.Hold;
import java.util.Optional;

/** What is said of a version whose share waits, and what a person can do about it. */
record ShareMessages(Findings findings) {

  /** In the version's own row; empty where its pods say enough. */
  Optional<String> of(ModelVersion version, Hold hold) {
    return switch (hold) {
      case Hold.NotReadyYet _ -> Optional.empty();
      case Hold.NeedsPods(int pods) ->
          Optional.of(
              "its traffic rises to %d %% as soon as %d pods are ready: %d are%s"
                  .formatted(
                      version.traffic(),
                      pods,
                      findings.health(version).readyReplicas(),
                      stuckOrPromote(version)));
      case Hold.RisesWithPods(int pods) -> Optional.of(risesWithPods(version, pods));
    };
  }

  /** Where others have to see to the pods. */
  String risesWithPods(ModelVersion version, int needed) {
    return limited(version, needed) + stuck(version);
  }

  private String limited(ModelVersion version, int needed) {
    int ready = findings.health(version).readyReplicas();
    String waits =
        findings.spec().expose().type() == Expose.Type.Ingress
            ? "an Ingress cannot split: its traffic rises to %d %% once %d pods are ready, and %d %s"
            : "its traffic rises to %d %% as its pods become %d, and %d %s ready";
    String more =
        switch (PredictorAutoscaler.autoscaling(version, findings.spec()).mode()) {
          case None -> "set its autoscaling.minReplicas to " + needed;
          case External, HPA ->
              "kubectl -n %s scale deployment/%s --replicas=%d"
                  .formatted(
                      findings.naming().namespace(),
                      findings.naming().name(version.name()),
                      needed);
        };
    return "%s; for more at once: %s; to go on with the pods that it has: %s"
        .formatted(
            waits.formatted(version.traffic(), needed, ready, ready == 1 ? "is" : "are"),
            more,
            promotion(version));
  }

  private String stuck(ModelVersion version) {
    return findings.health(version).stuck().map(why -> "; " + why).orElse("");
  }

  /** What is said besides of a version that gets no pods, of which nothing else is said to do. */
  String stuckOrPromote(ModelVersion version) {
    return findings
        .health(version)
        .stuck()
        .map(why -> "; " + why + "; to go on with the pods that it has: " + promotion(version))
        .orElse("");
  }

  private String promotion(ModelVersion version) {
    return "kubectl -n %s annotate --overwrite fdm/%s %s"
        .formatted(
            findings.naming().namespace(),
            findings.naming().model(),
            Annotations.promotion(findings.model(), version.name(), version.model().sha256()));
  }
}
