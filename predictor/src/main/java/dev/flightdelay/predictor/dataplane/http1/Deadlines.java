package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.server.ServerContext;
import dev.flightdelay.predictor.dataplane.server.Timed;

/**
 * How long a connection may take for what it is doing: slow heads and bodies (slowloris), silence,
 * and answers that nobody reads are ended.
 */
final class Deadlines extends Timed {

  private static final long LINGER_NANOS = 2_000_000_000L;
  private static final long DRAIN_IDLE_NANOS = 1_000_000_000L;
  private static final long BODY_GRACE_NANOS = 3_000_000_000L;

  private final ServerContext server;
  private final DataPlaneLimits limits;
  private final Connection connection;

  /** When the request's first byte came; when idle, when the last answer was given. */
  private long since = System.nanoTime();

  /** A part of a head has arrived. */
  private boolean headBegun;

  private long bodySince;
  private long stalledSince;
  private long stalledBytes;
  private boolean stalled;

  Deadlines(ServerContext server, Connection connection) {
    this.server = server;
    this.limits = server.limits();
    this.connection = connection;
  }

  /** When the request's first byte came. */
  long since() {
    return since;
  }

  /** What is waited for now is waited for since then. */
  void restart(long now) {
    since = now;
  }

  /** Bytes have arrived while a head is waited for. */
  void headArrives() {
    if (!headBegun) {
      since = System.nanoTime();
    }
  }

  /**
   * @param begun whether a part of a head is there, but not all of it
   */
  void headBegun(boolean begun) {
    headBegun = begun;
  }

  /** A body is waited for. */
  void bodyBegins() {
    bodySince = System.nanoTime();
  }

  /**
   * The client does not read its answers.
   *
   * @param bytes how many it must take before there is room for more
   */
  void stall(long bytes) {
    stalled = true;
    stalledSince = System.nanoTime();
    stalledBytes = bytes;
  }

  boolean stalled() {
    return stalled;
  }

  /** The client has read enough of its answers. */
  void unstall() {
    stalled = false;
    since = System.nanoTime();
  }

  /** A failure ends this connection, not the looking after the others. */
  @Override
  protected void tick(long now) {
    try {
      endIfLate(now);
    } catch (RuntimeException | Error failed) {
      connection.failed(failed);
    }
  }

  private void endIfLate(long now) {
    switch (connection.state()) {
      case HEAD -> {
        if (stalled) {
          stalledTick(now);
        } else if (headBegun) {
          if (now - since > limits.headTime().toNanos()) {
            connection.timeOut("the request's headers did not arrive in time");
          }
        } else if (now - since > idleNanos()) {
          connection.hangUp();
        }
      }
      case BODY -> bodyTick(now);
      case CHECKING, BUSY -> {
        // The client has done its part.
      }
      case CLOSING -> {
        if (now - since > LINGER_NANOS) {
          connection.hangUp();
        }
      }
    }
  }

  /**
   * While draining, who has just been answered may already have sent the next request: it is
   * answered, and told to go. Only who is silent for longer is closed without a word.
   */
  private long idleNanos() {
    return server.draining() ? DRAIN_IDLE_NANOS : limits.idleTime().toNanos();
  }

  private void stalledTick(long now) {
    long bytes = connection.bytesBeforeWritable();
    if (bytes < stalledBytes) {
      stalledBytes = bytes;
      stalledSince = now;
    } else if (now - stalledSince > limits.writeTime().toNanos()) {
      connection.hangUp();
    }
  }

  private void bodyTick(long now) {
    long waited = now - bodySince;
    boolean tooSlow =
        waited > BODY_GRACE_NANOS
            && connection.received() < limits.bodyBytesPerSecond() * (waited / 1_000_000_000L);
    if (waited > limits.bodyTime().toNanos() || tooSlow) {
      connection.timeOut("the request's body did not arrive in time");
    }
  }
}
