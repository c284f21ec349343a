package dev.flightdelay.predictor.auth.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    Callers unlimited = new Callers(CallerLimits.NONE);

    assertThat(unlimited.of(TOKEN, "ana", "ana").take()).isZero();
    assertThat(unlimited.limited()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1, ::ffff:192.0.2.1, true",
    "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff, true",
    "2001:db8:0:1::1, 2001:db8:0:2::1, false"
  })
  void countsAddressesByWhatSomebodyHasOfThem(String one, String other, boolean same) {
    Caller first = callers.at(InetAddress.ofLiteral(one));
    Caller second = callers.at(InetAddress.ofLiteral(other));

    assertThat(first.take()).isZero();

    assertThat(second.take() > 0).isEqualTo(same);
    assertThat(second.equals(first)).isEqualTo(same);
  }

  /** As a socket that takes both kinds may give it. */
  @Test
  void takesAnIpv4AddressInAnIpv6OneForWhatItIs() throws UnknownHostException {
    byte[] bytes = HexFormat.of().parseHex("00000000000000000000ffffc0000201");

    Caller mapped = callers.at(Inet6Address.getByAddress(null, bytes, 0));

    assertThat(mapped.name()).isEqualTo("192.0.2.1");
    assertThat(callers.at(InetAddress.ofLiteral("2001:db8:0:1::1")).name())
        .isEqualTo("2001:0db8:0000:0001::/64");
  }

  @Test
  void countsRowsBesideRequests() {
    Callers rows = new Callers(0, 10, 0, clock::get);
    assertThat(rows.limited()).isTrue();
    Caller ana = rows.of(TOKEN, "ana", "ana");

    assertThat(ana.take()).isZero();
    assertThat(ana.rowsPerSecond()).isEqualTo(10);
    assertThat(ana.takeRows(30)).isZero();
    assertThat(ana.takeRows(1)).isEqualTo(SECOND * 21 / 10);
    assertThat(rows.of(TOKEN, "bea", "bea").takeRows(1)).isZero();
    assertThat(callers.of(TOKEN, "ana", "ana").takeRows(1_000_000)).isZero();
  }

  @Test
  void showsNamesBoundedAndPrintable() {
    assertThat(callers.of(TOKEN, "x", "a\r\nb\u001b[31m" + "c".repeat(200)).name())
        .startsWith("a??b?[31mc")
        .hasSize(100);
  }
}
