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
  private final Progress progress;
  private final FlowControl flow;
  private final Exchange exchange;

  Deadlines(ServerContext server, Progress progress, FlowControl flow, Exchange exchange) {
    this.server = server;
    this.limits = server.limits();
    this.progress = progress;
    this.flow = flow;
    this.exchange = exchange;
  }

  /** A failure ends this connection, not the looking after the others. */
  @Override
  protected void tick(long now) {
    try {
      endIfLate(now);
    } catch (RuntimeException | Error failed) {
      flow.failed(failed);
    }
  }

  @Override
  protected boolean isIdle() {
    return progress.state() == Progress.State.HEAD
        && !progress.stalled()
        && !progress.headBegun()
        && !flow.isOver();
  }

  @Override
  protected void hangUp() {
    flow.hangUp();
  }

  @Override
  protected long since() {
    return progress.since();
  }

  private void endIfLate(long now) {
    switch (progress.state()) {
      case HEAD -> {
        if (progress.stalled()) {
          stalledTick(now);
        } else if (progress.headBegun()) {
          if (now - progress.since() > limits.headTime().toNanos()) {
            exchange.timeOut("the request's headers did not arrive in time");
          }
        } else if (now - progress.since() > idleNanos()) {
          flow.hangUp();
        }
      }
      case BODY -> bodyTick(now);
      case CHECKING -> {
        // The client has done its part.
      }
      case BUSY -> exchange.endIfLate(now);
      case CLOSING -> {
        if (now - progress.since() > LINGER_NANOS) {
          flow.hangUp();
        }
      }
    }
  }

  /**
   * While draining, who has just been answered may already have sent the next request: it is
   * answered, and told to go. Only who is silent for longer is closed without a word.
   */
  private long idleNanos() {
    if (server.draining()) {
      return DRAIN_IDLE_NANOS;
    }
    return (progress.wasAnswered() ? limits.idleTime() : limits.unusedTime()).toNanos();
  }

  private void stalledTick(long now) {
    long since = progress.stalledSince(flow.bytesBeforeWritable(), now);
    if (now - since > limits.writeTime().toNanos()) {
      flow.hangUp();
    }
  }

  private void bodyTick(long now) {
    long waited = now - progress.bodySince();
    boolean tooSlow =
        waited > BODY_GRACE_NANOS
            && exchange.received() < limits.bodyBytesPerSecond() * (waited / 1_000_000_000L);
    if (waited > limits.bodyTime().toNanos() || tooSlow) {
      exchange.timeOut("the request's body did not arrive in time");
    }
  }
}
