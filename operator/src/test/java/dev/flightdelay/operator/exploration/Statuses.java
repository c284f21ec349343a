package dev.flightdelay.operator.exploration;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a status says, in the oracle's words. */
final class Statuses {
  private Statuses() {}

  static Map<String, String> told(FlightDelayModelStatus status) {
    Map<String, String> told = new TreeMap<>();
    told.put("observedGeneration", "" + status.observedGeneration());
    told.put("url", text(status.url()));
    told.put("traffic", text(status.traffic()));
    told.put("pods", status.readyReplicas() + " of " + status.replicas());
    for (VersionStatus version : status.versions()) {
      told.put(
          "version " + version.name(),
          "%s %d of %d pods, %d %%, serves %s at %s"
              .formatted(
                  version.phase(),
                  version.readyReplicas(),
                  version.desiredReplicas(),
                  version.traffic(),
                  version.sha256() == null
                      ? "nothing"
                      : version.sha256() + " " + version.estimator(),
                  text(version.url())));
    }
    status
        .conditions()
        .forEach(
            condition ->
                told.put(condition.getType(), condition.getStatus() + " " + condition.getReason()));
    return told;
  }

  private static String text(String text) {
    return Optional.ofNullable(text).orElse("none");
  }
}
