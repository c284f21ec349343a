package dev.flightdelay.operator.faults;

import java.io.IOException;
import java.util.Optional;

/** The events of a watch, in one of the two forms in which the API server sends them. */
sealed interface EventStream permits EventLines, EventFrames {
  /** Waits for the next event's JSON; empty once the API server has ended the watch. */
  Optional<byte[]> next() throws IOException;

  /** Sends an event to the watcher. */
  void send(byte[] event) throws IOException;

  /** Ends the watch for the watcher, as the API server does when its time is over. */
  void end() throws IOException;
}
