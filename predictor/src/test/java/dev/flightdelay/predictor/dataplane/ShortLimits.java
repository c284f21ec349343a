package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import java.time.Duration;

/** Limits that a test can wait for. */
public final class ShortLimits {

  private ShortLimits() {}

  /**
   * The default limits with other deadlines for heads, bodies, idle connections, unread answers.
   */
  static DataPlaneLimits times(Duration head, Duration body, Duration idle, Duration write) {
    return limits(DataPlaneLimits.defaults().bufferedBodyBytes(), head, body, idle, write);
  }

  /** The default limits with room for so many bytes of bodies. */
  static DataPlaneLimits bufferedBodyBytes(long most) {
    DataPlaneLimits limits = DataPlaneLimits.defaults();
    return limits(
        most, limits.headTime(), limits.bodyTime(), limits.idleTime(), limits.writeTime());
  }

  private static DataPlaneLimits limits(
      long bufferedBodyBytes, Duration head, Duration body, Duration idle, Duration write) {
    DataPlaneLimits limits = DataPlaneLimits.defaults();
    return new DataPlaneLimits(
        limits.requestLineBytes(),
        limits.headBytes(),
        limits.bodyBytes(),
        bufferedBodyBytes,
        limits.maxRows(),
        head,
        body,
        limits.bodyBytesPerSecond(),
        idle,
        idle,
        write,
        limits.predictionTime(),
        limits.connections(),
        limits.inFlight(),
        limits.eventLoops(),
        limits.eventLoopBodyBytes(),
        limits.eventLoopRows());
  }

  /** The default limits with other times before and after a connection's first answer. */
  static DataPlaneLimits idle(Duration unused, Duration idle) {
    DataPlaneLimits limits = DataPlaneLimits.defaults();
    return new DataPlaneLimits(
        limits.requestLineBytes(),
        limits.headBytes(),
        limits.bodyBytes(),
        limits.bufferedBodyBytes(),
        limits.maxRows(),
        limits.headTime(),
        limits.bodyTime(),
        limits.bodyBytesPerSecond(),
        unused,
        idle,
        limits.writeTime(),
        limits.predictionTime(),
        limits.connections(),
        limits.inFlight(),
        limits.eventLoops(),
        limits.eventLoopBodyBytes(),
        limits.eventLoopRows());
  }

  /** The default limits with so many in flight, workers, and time for a prediction. */
  public static DataPlaneLimits predictions(int inFlight, int workers, Duration time) {
    return DataPlaneLimits.of(20_000, inFlight, workers, DataPlaneLimits.DEFAULT_IDLE_TIME, time);
  }
}
