package dev.flightdelay.operator.status;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.rollout.Steps;
import dev.flightdelay.operator.status.Conditions.Type;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What happened between two statuses, as Kubernetes Events that a person would want to know. */
public final class StatusEvents {

  /**
   * One event.
   *
   * @param warning or normal
   */
  public record StatusEvent(boolean warning, String reason, String message) {}

  private final List<StatusEvent> events = new ArrayList<>();

  private StatusEvents() {}

  /** The events between two statuses; before the first one there is none. */
  public static List<StatusEvent> between(
      FlightDelayModelStatus before, FlightDelayModelStatus after) {
    StatusEvents told = new StatusEvents();
    told.versions(before == null ? List.of() : before.versions(), after.versions());
    told.traffic(before == null ? null : before.traffic(), after.traffic());
    for (Type type : Type.values()) {
      told.condition(
          before == null ? null : Conditions.find(before.conditions(), type),
          Conditions.find(after.conditions(), type),
          type);
    }
    return List.copyOf(told.events);
  }

  private void versions(List<VersionStatus> before, List<VersionStatus> after) {
    Map<String, VersionStatus> known = new LinkedHashMap<>();
    before.forEach(version -> known.put(version.name(), version));
    for (VersionStatus version : after) {
      VersionStatus old = known.remove(version.name());
      if (isBegun(old, version)) {
        add(false, "VersionCreated", "%s: its pods are being made".formatted(version.name()));
      }
      if (old == null || old.phase() != version.phase()) {
        phase(version);
      }
    }
    for (VersionStatus gone : known.values()) {
      add(false, "VersionRemoved", "%s: everything of it is deleted".formatted(gone.name()));
    }
  }

  /** What is refused from the start is not made; it may be later. */
  private static boolean isBegun(VersionStatus before, VersionStatus after) {
    return before == null
        ? after.phase() != Phase.Failed
        : before.phase() == Phase.Failed
            && (after.phase() == Phase.Pending || after.phase() == Phase.Loading);
  }

  private void phase(VersionStatus version) {
    switch (version.phase()) {
      case Ready ->
          add(
              false,
              "VersionReady",
              version.estimator() == null
                  ? "%s serves".formatted(version.name())
                  : "%s serves a %s".formatted(version.name(), version.estimator()));
      case Failed ->
          add(true, "VersionFailed", "%s: %s".formatted(version.name(), version.message()));
      case Draining ->
          add(false, "VersionDraining", "%s: %s".formatted(version.name(), version.message()));
      case Pending, Loading -> {}
    }
  }

  private void traffic(String before, String after) {
    if (after != null && !after.equals(before)) {
      add(
          false,
          "TrafficMoved",
          before == null
              ? "traffic goes to " + after
              : "traffic goes to %s, before to %s".formatted(after, before));
    }
  }

  /** Refusals and waits are told once, when their reason comes up. */
  private void condition(Condition before, Condition after, Type type) {
    if (after == null || before != null && Objects.equals(before.getReason(), after.getReason())) {
      return;
    }
    switch (after.getReason()) {
      case "NotAllowed", "NameConflict", "VersionReused", "Rejected", "Forbidden" -> {
        if (type == Type.Ready) {
          add(true, after.getReason(), after.getMessage());
        }
      }
      case "HostConflict", "GatewayApiMissing", "NotAccepted" -> {
        if (type == Type.Exposed) {
          add(true, after.getReason(), after.getMessage());
        }
      }
      case "RolloutStuck", "PodsRefused" -> {
        if (type == Type.Progressing) {
          add(true, after.getReason(), after.getMessage());
        }
      }
      case "Rerouting" -> {
        if (type == Type.Progressing) {
          add(false, after.getReason(), after.getMessage());
        }
      }
      default -> {
        // Why a share waits; the events of versions and of traffic tell the rest.
        if (type == Type.Progressing && Steps.reasons().contains(after.getReason())) {
          add(false, after.getReason(), after.getMessage());
        }
      }
    }
  }

  private void add(boolean warning, String reason, String message) {
    events.add(new StatusEvent(warning, reason, message));
  }
}
