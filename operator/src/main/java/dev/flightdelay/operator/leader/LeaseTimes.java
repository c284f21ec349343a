package dev.flightdelay.operator.leader;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what lasts in the election of the replica that works.
 *
 * @param duration after how long without renewal another replica takes the lease; whole seconds
 * @param renewDeadline after how long without renewal the one that has it stops writing, and ends:
 *     a second or more before the other one begins, for what is on its way
 * @param retryPeriod between two tries to renew or to take it
 */
public record LeaseTimes(
    @DefaultValue("15s") Duration duration,
    @DefaultValue("10s") Duration renewDeadline,
    @DefaultValue("2s") Duration retryPeriod) {

  private static final Duration MIN_DURATION = Duration.ofSeconds(3);
  private static final Duration MAX_DURATION = Duration.ofMinutes(5);
  private static final Duration MARGIN = Duration.ofSeconds(1);
  private static final Duration MIN_PERIOD = Duration.ofMillis(100);

  public LeaseTimes {
    if (duration.compareTo(MIN_DURATION) < 0
        || duration.compareTo(MAX_DURATION) > 0
        || duration.toNanosPart() != 0) {
      throw new IllegalArgumentException(
          "operator.lease.duration (OPERATOR_LEASE_DURATION) is %s; it is whole seconds, from 3s to 5m"
              .formatted(duration));
    }
    if (renewDeadline.compareTo(duration.minus(MARGIN)) > 0) {
      throw new IllegalArgumentException(
          ("operator.lease.renew-deadline (OPERATOR_LEASE_RENEW_DEADLINE) is %s; it is at least 1s"
                  + " less than operator.lease.duration, which is %s")
              .formatted(renewDeadline, duration));
    }
    if (retryPeriod.compareTo(MIN_PERIOD) < 0
        || retryPeriod.multipliedBy(2).compareTo(renewDeadline) > 0) {
      throw new IllegalArgumentException(
          ("operator.lease.retry-period (OPERATOR_LEASE_RETRY_PERIOD) is %s; it is from 100ms to half"
                  + " of operator.lease.renew-deadline, which is %s")
              .formatted(retryPeriod, renewDeadline));
    }
  }

  /** How long one request about the lease may take: so that two fit into the renew deadline. */
  public Duration requestTimeout() {
    return renewDeadline.dividedBy(2);
  }
}
