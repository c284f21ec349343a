package dev.flightdelay.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeadershipTest {

  private static final LeaseTimes TIMES =
      new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  /** Near its end, as System.nanoTime() may be. */
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);

  private final Leadership leadership = Leadership.elected(TIMES, clock::get);

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void doesNotLeadBeforeItIsElected() {
    assertThat(leadership.leads()).isFalse();
    assertThat(leadership.reigns()).isFalse();
    assertThat(leadership.answerWithin()).isEmpty();
  }

  @Test
  void leadsUntilTheRenewDeadlineSinceItsLastRenewalWasSent() {
    leadership.renewed(clock.get());
    pass(TIMES.renewDeadline().minusNanos(1));

    assertThat(leadership.leads()).isTrue();
    assertThat(leadership.answerWithin())
        .contains(TIMES.duration().minus(TIMES.renewDeadline()).plusNanos(1));
    pass(Duration.ofNanos(1));
    assertThat(leadership.leads()).isFalse();
    assertThat(leadership.answerWithin()).isEmpty();
  }

  @Test
  void leadsOnWithEachRenewal() {
    leadership.renewed(clock.get());
    pass(Duration.ofSeconds(9));

    leadership.renewed(clock.get());

    pass(Duration.ofSeconds(9));
    assertThat(leadership.leads()).isTrue();
  }

  @Test
  void countsTheTimeThatAnAnswerTook() {
    long sentAt = clock.get();
    pass(Duration.ofSeconds(4));

    leadership.renewed(sentAt);

    assertThat(leadership.writesFor()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void doesNotLeadOnceItHasGivenTheLeaseBack() {
    leadership.renewed(clock.get());

    leadership.ended();

    assertThat(leadership.leads()).isFalse();
    assertThat(leadership.reigns()).isFalse();
  }

  @Test
  void leadsForEverWhereNobodyDisputesIt() {
    assertThat(Leadership.undisputed(TIMES).leads()).isTrue();
  }
}
