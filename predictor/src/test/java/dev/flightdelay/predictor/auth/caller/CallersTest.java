package dev.flightdelay.predictor.auth.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallersTest {

  private static final Mechanism TOKEN = new Mechanism("token");
  private static final Mechanism PASSWORD = new Mechanism("password");

  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock = new AtomicLong();
  private final Callers callers = new Callers(1, 1, clock::get);

  @Test
  void givesTheSameCallerTheSameRate() {
    assertThat(callers.of(TOKEN, "ana", "ana").take()).isZero();
    assertThat(callers.of(TOKEN, "ana", "ana").take()).isEqualTo(SECOND);
    assertThat(callers.of(PASSWORD, "ana", "ana").take()).isZero();
    assertThat(callers.of(TOKEN, "bea", "bea").take()).isZero();
  }

  @Test
  void letsCallersShareWhereThereAreTooManyAndForgetsSilentOnes() {
    for (int i = 0; i < Callers.MAX_CALLERS; i++) {
      callers.of(TOKEN, "c" + i, "c" + i).take();
    }

    Caller shared = callers.of(TOKEN, "one more", "one more");
    assertThat(shared.name()).isEqualTo("other");
    assertThat(callers.of(TOKEN, "and one", "and one")).isSameAs(shared);

    clock.addAndGet(2 * SECOND);
    assertThat(callers.of(TOKEN, "one more", "one more").name()).isEqualTo("one more");
  }

  @Test
  void keepsNothingWhereThereIsNoLimit() {
    Callers unlimited = new Callers(OptionalInt.empty());

    assertThat(unlimited.of(TOKEN, "ana", "ana").take()).isZero();
    assertThat(unlimited.limited()).isFalse();
  }

  @Test
  void showsNamesBoundedAndPrintable() {
    assertThat(callers.of(TOKEN, "x", "a\r\nb\u001b[31m" + "c".repeat(200)).name())
        .startsWith("a??b?[31mc")
        .hasSize(100);
  }
}
