package dev.flightdelay.predictor.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  private static final TrustedProxies PROXIES =
      TrustedProxies.parse("10.0.0.0/8, 192.0.2.7,2001:db8:ffff::/48", "TRUSTED_PROXIES");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Who is no proxy is who calls, whatever it says.
        "203.0.113.9 | 198.51.100.1 | 203.0.113.9",
        "10.1.2.3 | 198.51.100.1 | 198.51.100.1",
        "10.1.2.3 | 1.1.1.1, 198.51.100.1 | 198.51.100.1",
        "10.1.2.3 | 1.1.1.1,198.51.100.1 , 10.9.9.9,192.0.2.7 | 198.51.100.1",
        "192.0.2.8 | 198.51.100.1 | 192.0.2.8",
        "10.1.2.3 | 10.4.4.4, 10.5.5.5 | 10.4.4.4",
        "10.1.2.3 | 2001:db8::1 | 2001:db8::1",
        "2001:db8:ffff::9 | 198.51.100.1 | 198.51.100.1",
        // As some proxies write it.
        "10.1.2.3 | 198.51.100.1:443 | 198.51.100.1",
        "10.1.2.3 | [2001:db8::1]:443 | 2001:db8::1",
        "10.1.2.3 | [2001:db8::1] | 2001:db8::1",
        // The same address, written as one of IPv6.
        "10.1.2.3 | ::ffff:198.51.100.1 | 198.51.100.1",
        "10.1.2.3 | 198.51.100.1, ::ffff:10.5.5.5 | 198.51.100.1",
        // What is no address was put there by whoever stands before the proxy that passed it on.
        "10.1.2.3 | 198.51.100.1, unknown | 10.1.2.3",
        "10.1.2.3 | 198.51.100.1, , 10.5.5.5 | 10.5.5.5",
        "10.1.2.3 | localhost | 10.1.2.3",
        "10.1.2.3 | 127.1 | 10.1.2.3",
        "10.1.2.3 | fe80::1%eth0 | 10.1.2.3",
        "10.1.2.3 | , | 10.1.2.3",
        "10.1.2.3 | 1.2.3.4:5:6 | 10.1.2.3"
      })
  void callerIsTheLastAddressThatIsNoTrustedProxy(String peer, String forwarded, String client) {
    assertThat(PROXIES.client(InetAddress.ofLiteral(peer), forwarded))
        .isEqualTo(InetAddress.ofLiteral(client));
  }

  @Test
  void callerIsThePeerWhereNothingIsSaidOrNobodyIsTrusted() {
    InetAddress peer = InetAddress.ofLiteral("10.1.2.3");

    assertThat(PROXIES.client(peer, null)).isEqualTo(peer);
    assertThat(PROXIES.client(peer, "")).isEqualTo(peer);
    assertThat(TrustedProxies.NONE.client(peer, "198.51.100.1")).isEqualTo(peer);
    assertThat(TrustedProxies.NONE.isNone()).isTrue();
    assertThat(TrustedProxies.parse(" ", "x").isNone()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example.com",
        "10.0.0.0/33",
        "10.0.0/8",
        "::/129",
        "10.0.0.0/",
        "10.0.0.0/a"
      })
  void refusesWhatIsNoRangeOfAddresses(String entry) {
    assertThatExceptionOfType(InvalidAddressException.class)
        .isThrownBy(() -> TrustedProxies.parse("10.0.0.0/8," + entry, "TRUSTED_PROXIES"))
        .withMessageContaining("TRUSTED_PROXIES has the entry")
        .withMessageContaining(entry);
  }
}
