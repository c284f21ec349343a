package dev.flightdelay.operator.leader;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the election of the replica that works, from {@link #start} until it leaves. One
 * that stops leading ends its process: what it was doing must not go on beside the next one.
 */
public final class Election {

  private static final Logger log = LoggerFactory.getLogger(Election.class);

  /** An API server that does not answer must not keep a replica from stopping. */
  private static final Duration GIVE_BACK_WITHIN = Duration.ofSeconds(3);

  private final LeaseClient lease;
  private final LeaseTimes times;
  private final Leadership leadership;
  private final Candidate candidate;
  private final Consumer<String> end;
  private Thread loop = new Thread();
  private volatile Optional<Lease> held = Optional.empty();
  private volatile String trouble = "";
  private volatile boolean stopping;
  private Runnable began = () -> {};

  /**
   * An election.
   *
   * @param end ends the process at once, and says why
   */
  public Election(
      LeaseClient lease, LeaseTimes times, Leadership leadership, Consumer<String> end) {
    this.lease = requireNonNull(lease);
    this.times = requireNonNull(times);
    this.leadership = requireNonNull(leadership);
    this.end = requireNonNull(end);
    this.candidate = new Candidate(lease.identity(), times);
  }

  /**
   * Takes part from now on.
   *
   * @param whenItLeads runs once, when this replica begins to lead
   */
  public void start(Runnable whenItLeads) {
    this.began = requireNonNull(whenItLeads);
    loop = Thread.ofPlatform().name("election").daemon().start(this::takePart);
  }

  private void takePart() {
    while (!stopping) {
      try {
        if (leadership.reigns()) {
          renew();
        } else {
          tryToTake();
        }
        trouble = "";
      } catch (KubernetesClientException e) {
        notReached(e);
      } catch (RuntimeException e) {
        // Whatever it is, the next try may be lucky; a replica that took no part would be lost.
        log.atError().setCause(e).log("the lease could not be taken or renewed; it is tried again");
      }
      LockSupport.parkNanos(pause().toNanos());
    }
  }

  private void tryToTake() {
    Optional<Lease> seen = lease.read();
    candidate.sees(seen, leadership.now());
    if (!candidate.mayTake(leadership.now())) {
      return;
    }
    // Before the request: by the clocks of those who see the answer, no earlier.
    long sentAt = leadership.now();
    Optional<Lease> taken = lease.take(seen);
    if (taken.isPresent() && !stopping) {
      held = taken;
      leadership.renewed(sentAt);
      Thread.ofPlatform().name("lease-end").daemon().start(this::awaitEnd);
      log.atInfo().addKeyValue("identity", lease.identity()).log("leads");
      began.run();
    }
  }

  private void renew() {
    long sentAt = leadership.now();
    Optional<Lease> renewed = lease.take(held);
    if (renewed.isEmpty()) {
      Optional<Lease> now = lease.read();
      candidate.sees(now, leadership.now());
      if (now.isPresent() && !candidate.isHolder()) {
        stopsLeading(
            candidate.holder().isEmpty()
                ? "somebody took the lease from it"
                : candidate.holder() + " has the lease");
        return;
      }
      // Somebody has edited or deleted it: it is still this one's turn.
      sentAt = leadership.now();
      renewed = lease.take(now);
    }
    if (renewed.isPresent()) {
      held = renewed;
      leadership.renewed(sentAt);
    }
  }

  private void notReached(KubernetesClientException e) {
    String why = e.getCause() == null ? e.getMessage() : e.getCause().toString();
    if (leadership.reigns() && trouble.isEmpty()) {
      log.atWarn().addKeyValue("error", why).log("the lease was not renewed; it is tried again");
    }
    trouble = why;
  }

  /** Followers that try at the same time would be refused all but one, again and again. */
  private Duration pause() {
    return leadership.reigns()
        ? times.retryPeriod()
        : times
            .retryPeriod()
            .plusNanos(ThreadLocalRandom.current().nextLong(times.retryPeriod().toNanos()));
  }

  /** Apart from the loop, which may wait for an answer. */
  private void awaitEnd() {
    while (leadership.reigns()) {
      Duration left = leadership.writesFor();
      if (!left.isPositive() && leadership.reigns()) {
        stopsLeading(
            "the lease was not renewed for %d s (%s)"
                .formatted(
                    times.renewDeadline().toSeconds(),
                    trouble.isEmpty() ? "the process stood still, or no answer came" : trouble));
      }
      LockSupport.parkNanos(left.toNanos());
    }
  }

  private void stopsLeading(String why) {
    end.accept(
        lease.identity()
            + " stops leading: "
            + why
            + "; the process ends, so that nothing of it is written beside the next leader");
  }

  /**
   * Gives the lease back, so that the next one need not wait until it has run out. To be called
   * when nothing is reconciled any more; returns after some seconds at most.
   */
  public void leave() throws InterruptedException {
    stopping = true;
    LockSupport.unpark(loop);
    if (loop.isAlive() && !loop.join(GIVE_BACK_WITHIN)) {
      log.warn(
          "the lease was not given back in time; another replica takes it once it has run out");
    } else if (leadership.reigns()) {
      giveBack();
    }
  }

  private void giveBack() {
    // From here on nothing may be written: the next one may begin before the answer comes.
    leadership.ended();
    try {
      lease.giveBack(held.orElseThrow());
    } catch (KubernetesClientException e) {
      log.atWarn()
          .addKeyValue("error", e.getMessage())
          .log("the lease was not given back; another replica takes it once it has run out");
    }
  }
}
