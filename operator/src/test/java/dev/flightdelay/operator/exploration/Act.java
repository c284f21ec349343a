package dev.flightdelay.operator.exploration;

import java.time.Duration;

/** Something that happens in a round. */
sealed interface Act {
  /** A person applies another state of a model. */
  record Apply(ModelState state) implements Act {}

  /** A person deletes a model, and makes it anew at once. */
  record MakeAnew(ModelState state) implements Act {}

  /** Somebody meddles with what the operator has made, where it is there. */
  record Meddle(String object, Deed deed) implements Act {}

  /** Somebody else scales a Deployment, where it is there. */
  record Scale(String deployment, int replicas) implements Act {}

  /** Trouble between the operator and the API server; it is over with the next pause. */
  record Trouble(Kind kind, int number) implements Act {
    enum Kind {
      KILLED,
      KILLED_AT_NTH_WRITE,
      STOPPED,
      CONNECTIONS_CUT,
      WATCHES_EXPIRED,
      WATCHES_FROZEN,
      SLOW,
      AWAY,
      CONFLICTS,
      ERRORS,
      TOO_MANY_REQUESTS,
      ANSWERS_LOST,
      WRITES_LOST
    }
  }

  /** Nothing happens for a while. */
  record Pause(Duration length) implements Act {}
}
