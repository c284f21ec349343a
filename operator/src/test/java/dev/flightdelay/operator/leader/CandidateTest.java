package dev.flightdelay.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CandidateTest {

  private static final LeaseTimes TIMES =
      new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  private final Candidate candidate = new Candidate("one", TIMES);

  private static long at(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  /** The holder's clock is years behind: what it says is for people. */
  private static Optional<Lease> lease(String holder, int renewal) {
    return lease(holder, renewal, 15);
  }

  private static Optional<Lease> lease(String holder, int renewal, int duration) {
    return Optional.of(
        new LeaseBuilder()
            .withNewSpec()
            .withHolderIdentity(holder)
            .withLeaseDurationSeconds(duration)
            .withRenewTime(ZonedDateTime.parse("2001-01-01T00:00:00Z").plusSeconds(renewal))
            .endSpec()
            .build());
  }

  @Test
  void takesOneThatHasNeverBeen() {
    candidate.sees(Optional.empty(), at(0));

    assertThat(candidate.mayTake(at(0))).isTrue();
  }

  @Test
  void takesOneThatWasGivenBack() {
    candidate.sees(lease("two", 0), at(0));
    candidate.sees(lease("", 0), at(1));

    assertThat(candidate.mayTake(at(1))).isTrue();
  }

  @Test
  void takesItsOwn() {
    candidate.sees(lease("one", 0), at(0));

    assertThat(candidate.mayTake(at(0))).isTrue();
    assertThat(candidate.isHolder()).isTrue();
  }

  @Test
  void takesAnothersOnceItHasSeenItUnchangedForItsDuration() {
    candidate.sees(lease("two", 0), at(0));
    candidate.sees(lease("two", 0), at(15));
    assertThat(candidate.mayTake(at(15))).isFalse();

    candidate.sees(lease("two", 0), at(16));

    assertThat(candidate.mayTake(at(16))).isTrue();
  }

  @Test
  void waitsFromEachRenewalOn() {
    candidate.sees(lease("two", 0), at(0));
    candidate.sees(lease("two", 1), at(14));
    candidate.sees(lease("two", 1), at(16));

    assertThat(candidate.mayTake(at(16))).isFalse();
  }

  @Test
  void waitsForAsLongAsTheHolderHasIt() {
    candidate.sees(lease("two", 0, 60), at(0));
    candidate.sees(lease("two", 0, 60), at(59));

    assertThat(candidate.mayTake(at(59))).isFalse();
    assertThat(candidate.mayTake(at(61))).isTrue();
  }

  @Test
  void waitsWhereItIsDeletedWhileSomebodyHasIt() {
    candidate.sees(lease("two", 0), at(0));
    candidate.sees(Optional.empty(), at(10));
    assertThat(candidate.mayTake(at(20))).isFalse();

    candidate.sees(Optional.empty(), at(26));

    assertThat(candidate.mayTake(at(26))).isTrue();
  }
}
