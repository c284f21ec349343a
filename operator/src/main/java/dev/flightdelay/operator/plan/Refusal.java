package dev.flightdelay.operator.plan;

import static java.util.Objects.requireNonNull;

/**
 * Why something that was asked for is not done.
 *
 * @param message what to do about it
 */
public record Refusal(Reason reason, String message) {

  /** The reason of a condition. */
  public enum Reason {
    /** The model is being deleted; nothing of it is made any more. */
    Deleting,
    /** An image, ServiceAccount or node that the operator's settings do not list. */
    NotAllowed,
    /** An object of our name belongs to something else; it is not touched. */
    NameConflict,
    /**
     * An object of our name belongs to the deleted model that had ours before; it is on its way.
     */
    PredecessorRemains,
    /** Another model has the host and path already; no route is made. */
    HostConflict,
    /** The name of a version that still runs another model. */
    VersionReused,
    /** The cluster does not know HTTPRoute. */
    GatewayApiMissing,
    /** The API server does not take an object: a policy, or a quota. */
    Rejected,
    /** The operator's own role lacks a permission. */
    Forbidden
  }

  public Refusal {
    requireNonNull(reason);
    requireNonNull(message);
  }
}
