package dev.flightdelay.operator.leader;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;

/**
 * What a replica makes of the lease that it sees. As in client-go's leaderelection.go, another's
 * lease has run out when this replica has seen it unchanged for the lease's duration by its own
 * clock: the times that are written in it are another clock's, and for people.
 */
final class Candidate {

  private final String identity;
  private final LeaseTimes times;
  private Optional<Lease> seen = Optional.empty();
  private boolean heldByAnother;
  private long unchangedSince;

  Candidate(String identity, LeaseTimes times) {
    this.identity = requireNonNull(identity);
    this.times = requireNonNull(times);
  }

  /** Who renewed it, and when: what changes as long as somebody leads. */
  private record Renewal(String holder, ZonedDateTime at) {

    static Optional<Renewal> of(Optional<Lease> lease) {
      return lease
          .map(Lease::getSpec)
          .map(spec -> new Renewal(holderOf(spec), spec.getRenewTime()));
    }
  }

  /**
   * Takes note of an answer.
   *
   * @param lease as it is; empty where there is none
   * @param now the clock's nanoseconds when the answer had come
   */
  void sees(Optional<Lease> lease, long now) {
    if (!Renewal.of(lease).equals(Renewal.of(seen))) {
      unchangedSince = now;
    }
    seen = lease;
    if (lease.isPresent()) {
      heldByAnother = !holder().isEmpty() && !isHolder();
    }
  }

  /** Who has it, as far as this replica has seen; empty where nobody has. */
  String holder() {
    return seen.map(Lease::getSpec).map(Candidate::holderOf).orElse("");
  }

  private static String holderOf(LeaseSpec spec) {
    return Objects.requireNonNullElse(spec.getHolderIdentity(), "");
  }

  boolean isHolder() {
    return identity.equals(holder());
  }

  /**
   * Whether it may be taken: it is nobody's, its own (of a container before this one in the same
   * pod), or has run out. Whoever had one that was deleted may lead still.
   */
  boolean mayTake(long now) {
    return !heldByAnother || now - unchangedSince > duration().toNanos();
  }

  /** The holder may have another setting than this replica. */
  private Duration duration() {
    Duration theirs =
        seen.map(Lease::getSpec)
            .map(LeaseSpec::getLeaseDurationSeconds)
            .map(Duration::ofSeconds)
            .orElse(Duration.ZERO);
    return theirs.compareTo(times.duration()) > 0 ? theirs : times.duration();
  }
}
