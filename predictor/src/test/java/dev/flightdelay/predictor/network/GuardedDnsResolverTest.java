package dev.flightdelay.predictor.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedDnsResolverTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.1",
        "169.254.169.254",
        "169.254.169.252",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "255.255.255.255",
        "240.0.0.1",
        "::",
        "::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "64:ff9b:1::a9fe:a9fe",
        "64:ff9b:1:7f00:0:100::",
        "::ffff:0:7f00:1",
        "::ffff:0:169.254.169.254",
        "2001:0:a9fe:a9fe::5601:5601",
        "2001::1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fd00::1]"
      })
  void refusesInternalAddresses(String literal) throws UnknownHostException {
    InetAddress address = InetAddress.getByName(literal);

    refused(new GuardedDnsResolver(AllowedHosts.parse("")), literal);
    refused(resolving(address), "model.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.0", "126.0.0.1",
        "169.253.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "192.169.0.1", "198.20.0.1",
        "223.255.255.255", "2001:4860:4860::8888", "64:ff9b::808:808", "2002:808:808::"
      })
  void givesPublicAddresses(String literal) throws UnknownHostException {
    InetAddress address = InetAddress.getByName(literal);

    assertThat(resolving(address).resolve("model.example.com", 443))
        .containsExactly(new InetSocketAddress(address, 443));
    assertThat(new GuardedDnsResolver(AllowedHosts.parse("")).resolve(literal, 80))
        .containsExactly(new InetSocketAddress(address, 80));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x7f.1", "0x7f000001", "2130706433", "127.1", "127.0.1", "0177.0.0.1", "017700000001",
        "127.0.0.01", "8.8.8.8.8", "256.1.1.1", "1..1", "fe80::1%eth0", "1.2.3.0x4", "."
      })
  void refusesOddSpellingsOfAddresses(String host) {
    GuardedDnsResolver resolver =
        new GuardedDnsResolver(AllowedHosts.parse(""), InetAddress::getAllByName);

    refused(resolver, host);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost, 127.0.0.1, 80, true",
    "LOCALHOST, localhost, 127.0.0.1, 80, true",
    "localhost, localhost., 127.0.0.1, 80, true",
    "localhost, other.example.com, 127.0.0.1, 80, false",
    "localhost:9000, localhost, 127.0.0.1, 9000, true",
    "localhost:9000, localhost, 127.0.0.1, 9001, false",
    "127.0.0.1, 127.0.0.1, 127.0.0.1, 80, true",
    "127.0.0.1:9000, 127.0.0.1, 127.0.0.1, 9000, true",
    "127.0.0.1:9000, 127.0.0.1, 127.0.0.1, 80, false",
    "127.0.0.1, name.example.com, 127.0.0.1, 80, true",
    "127.0.0.2, 127.0.0.1, 127.0.0.1, 80, false",
    "10.0.0.0/8, store.models.svc, 10.1.2.3, 80, true",
    "10.0.0.0/8, store.models.svc, 11.1.2.3, 80, true",
    "10.0.0.0/8, store.models.svc, 192.168.0.1, 80, false",
    "10.0.0.0/9, 10.128.0.1, 10.128.0.1, 80, false",
    "10.0.0.0/9, 10.127.0.1, 10.127.0.1, 80, true",
    "10.0.0.0/8:443, 10.1.1.1, 10.1.1.1, 80, false",
    "::1, [::1], ::1, 80, true",
    "[::1]:9000, [::1], ::1, 9000, true",
    "[::1]:9000, [::1], ::1, 80, false",
    "fd00::/8, [fd00:ec2::254], fd00:ec2::254, 80, true",
    "0.0.0.0/0, [::1], ::1, 80, false",
    "'other, store.models.svc ,', store.models.svc, 10.0.0.1, 80, true",
  })
  void allowsWhatIsListed(String list, String host, String address, int port, boolean allowed)
      throws UnknownHostException {
    InetAddress[] addresses = {InetAddress.getByName(address)};
    GuardedDnsResolver resolver =
        new GuardedDnsResolver(AllowedHosts.parse(list), name -> addresses);

    if (allowed) {
      assertThat(resolver.resolve(host, port)).hasSize(1);
    } else {
      assertThatExceptionOfType(RefusedAddressException.class)
          .isThrownBy(() -> resolver.resolve(host, port));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "10.0.0.0/33",
        "fd00::/129",
        "host/8",
        "http://host",
        "127.1",
        "host:port",
        "*"
      })
  void refusesListsThatSayNothing(String list) {
    assertThatExceptionOfType(InvalidAddressException.class)
        .isThrownBy(() -> AllowedHosts.parse(list))
        .withMessageContaining("MODEL_ALLOWED_HOSTS has the entry");
  }

  @Test
  void givesOnlyThePublicOnesOfSeveralAddresses() throws UnknownHostException {
    InetAddress[] both = {InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("1.1.1.1")};
    GuardedDnsResolver resolver = new GuardedDnsResolver(AllowedHosts.parse(""), host -> both);

    assertThat(resolver.resolve("example.com", 80))
        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("1.1.1.1"), 80));
  }

  @Test
  void checksTheVeryAddressThatItGives() throws UnknownHostException {
    Deque<InetAddress> answers =
        new ArrayDeque<>(
            List.of(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("169.254.169.254")));
    GuardedDnsResolver resolver =
        new GuardedDnsResolver(
            AllowedHosts.parse(""), host -> new InetAddress[] {answers.removeFirst()});

    assertThat(resolver.resolve("rebinding.example.com", 80))
        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("1.1.1.1"), 80));
    assertThatExceptionOfType(RefusedAddressException.class)
        .isThrownBy(() -> resolver.resolve("rebinding.example.com", 80));
  }

  @Test
  void doesNotTellTheAddressOfARefusedName() {
    assertThatExceptionOfType(RefusedAddressException.class)
        .isThrownBy(() -> resolving(InetAddress.ofLiteral("10.11.12.13")).resolve("a.svc", 80))
        .withMessageContaining("a.svc")
        .withMessageContaining("MODEL_ALLOWED_HOSTS")
        .withMessageNotContaining("10.11");
  }

  private static GuardedDnsResolver resolving(InetAddress address) {
    return new GuardedDnsResolver(AllowedHosts.parse(""), host -> new InetAddress[] {address});
  }

  private static void refused(GuardedDnsResolver resolver, String host) {
    assertThatExceptionOfType(RefusedAddressException.class)
        .isThrownBy(() -> resolver.resolve(host, 80));
    assertThatExceptionOfType(RefusedAddressException.class)
        .isThrownBy(() -> resolver.resolve(host));
  }
}
