package dev.flightdelay.predictor.auth.ldap;

import static dev.flightdelay.predictor.auth.Prediction.ask;
import static dev.flightdelay.predictor.auth.Prediction.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.predictor.PredictorProcess;
import dev.flightdelay.predictor.auth.Prediction;
import dev.flightdelay.predictor.dataplane.RawConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real predictor that knows callers by what a real OpenLDAP says of their passwords. */
class PasswordsIT {

  private static final String KEY = "9d".repeat(32);
  private static final String PEOPLE =
      """
      dn: dc=example,dc=com
      objectClass: domain
      dc: example

      dn: ou=people,dc=example,dc=com
      objectClass: organizationalUnit
      ou: people

      dn: ou=groups,dc=example,dc=com
      objectClass: organizationalUnit
      ou: groups

      dn: ou=machines,dc=example,dc=com
      objectClass: organizationalUnit
      ou: machines

      dn: uid=ana,ou=people,dc=example,dc=com
      objectClass: inetOrgPerson
      uid: ana
      cn: Ana
      sn: Rojas
      userPassword: correct horse: battery

      dn: uid=Jos\u00e9\\2c L.,ou=people,dc=example,dc=com
      objectClass: inetOrgPerson
      uid: Jos\u00e9, L.
      cn: Jos\u00e9
      sn: L.
      userPassword: contrase\u00f1a

      dn: uid=guest,ou=people,dc=example,dc=com
      objectClass: inetOrgPerson
      uid: guest
      cn: Guest
      sn: Guest
      userPassword: guest-password

      dn: uid=nightly,ou=people,dc=example,dc=com
      objectClass: inetOrgPerson
      uid: nightly
      cn: Nightly
      sn: Nightly

      dn: uid=robot,ou=machines,dc=example,dc=com
      objectClass: inetOrgPerson
      uid: robot
      cn: Robot
      sn: Robot
      userPassword: robot-password

      dn: cn=planners,ou=groups,dc=example,dc=com
      objectClass: groupOfNames
      cn: planners
      member: uid=ana,ou=people,dc=example,dc=com
      member: uid=Jos\u00e9\\2c L.,ou=people,dc=example,dc=com
      member: uid=nightly,ou=people,dc=example,dc=com
      member: uid=robot,ou=machines,dc=example,dc=com
      """;
  private static final String PASSWORD = "correct horse: battery";

  @TempDir static Path folder;
  @TempDir static Path keys;
  private static Slapd slapd;
  private static PredictorProcess predictor;

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(keys.resolve("planning"), KEY);
    slapd = new Slapd(folder, base64OfNames(PEOPLE), "localhost");
    predictor = serving(slapd, slapd.ldaps());
  }

  @AfterAll
  static void stop() {
    if (predictor != null) {
      predictor.close();
    }
    if (slapd != null) {
      slapd.close();
    }
  }

  private static PredictorProcess serving(Slapd directory, String url) {
    Map<String, String> environment = new HashMap<>(directory.environment(url));
    environment.put("API_KEYS_DIR", keys.toString());
    return PredictorProcess.serving(Prediction.MODEL, environment);
  }

  @Test
  void letsMembersIn() {
    for (int round = 0; round < 2; round++) {
      assertThat(ask(predictor, basic("ana", PASSWORD)).body()).contains("\"predictions\":[");
      assertThat(ask(predictor, basic("Jos\u00e9, L.", "contrase\u00f1a")).status()).isEqualTo(200);
      assertThat(ask(predictor, "x-api-key: " + KEY).status()).isEqualTo(200);
    }
  }

  @Test
  void upgradesPlainConnectionsBeforeAnyPassword() {
    try (PredictorProcess upgrading = serving(slapd, slapd.ldap())) {
      assertThat(ask(upgrading, basic("ana", PASSWORD)).status()).isEqualTo(200);
      assertThat(ask(upgrading, basic("ana", "wrong")).status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sendsNoPasswordToServerOfAnotherName(boolean tls, @TempDir Path other) {
    try (Slapd foreign = new Slapd(other, base64OfNames(PEOPLE), "directory.example.com");
        PredictorProcess careful = serving(foreign, tls ? foreign.ldaps() : foreign.ldap())) {
      // While the control plane starts, it takes the log over, and what is logged then is lost.
      careful.awaitManagement();

      RawConnection.Reply reply = ask(careful, basic("ana", PASSWORD));

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("Retry-After")).isEqualTo("1");
      assertThat(careful.out()).contains("the directory cannot be asked").doesNotContain(PASSWORD);
    }
  }

  static Stream<Arguments> attacks() {
    // spotless:off
    return Stream.of(
        attack("nothing presented", 401, "X-Nothing: 1"),
        attack("a wrong password", 401, basic("ana", "wrong")),
        attack("an empty password", 401, basic("ana", "")),
        attack("an empty password of nobody", 401, basic("", "")),
        attack("no user", 401, basic("", PASSWORD)),
        attack("a space as the password", 401, basic("ana", " ")),
        attack("a password and a space", 401, basic("ana", PASSWORD + " ")),
        attack("a prefix of the password", 401, basic("ana", "correct horse")),
        attack("a password in capitals", 401, basic("ana", PASSWORD.toUpperCase())),
        attack("NUL as the password", 401, basic("ana", "\0")),
        attack("NUL behind the password", 401, basic("ana", PASSWORD + "\0")),
        attack("NUL behind the name", 401, basic("ana\0", PASSWORD)),
        attack("NUL and more behind the name", 401, basic("ana\0,ou=x", PASSWORD)),
        attack("a line end in the name", 401, basic("ana\n", PASSWORD)),
        attack("a space before the name", 401, basic(" ana", PASSWORD)),
        attack("a space behind the name", 401, basic("ana ", PASSWORD)),
        attack("a wildcard as the name", 401, basic("*", PASSWORD)),
        attack("a wildcard in the name", 401, basic("an*", PASSWORD)),
        attack("a wildcard as the password", 401, basic("ana", "*")),
        attack("a filter in the name", 401, basic("ana)(uid=*", PASSWORD)),
        attack("a filter that is always true", 401, basic("*)(|(uid=*", "x")),
        attack("a whole name", 401, basic("uid=ana,ou=people,dc=example,dc=com", PASSWORD)),
        attack("a name that leaves its branch", 401, basic("robot,ou=machines,dc=example,dc=com", "robot-password")),
        attack("a name that leaves its branch by a plus", 401, basic("ana+cn=Ana", PASSWORD)),
        attack("a name that ends its branch", 401, basic("robot,ou=machines,dc=example,dc=com\\", "robot-password")),
        attack("an escaped name", 401, basic("\\61na", PASSWORD)),
        attack("a name with a backslash", 401, basic("ana\\", PASSWORD)),
        attack("a name in quotes", 401, basic("\"ana\"", PASSWORD)),
        attack("the template's place", 401, basic("{0}", PASSWORD)),
        attack("the directory's administrator", 401, basic("admin", PASSWORD)),
        attack("a user without a password", 401, basic("nightly", "x")),
        attack("a user who is not there", 401, basic("nobody", PASSWORD)),
        attack("a user of another branch", 401, basic("robot", "robot-password")),
        attack("a good user outside the group", 403, basic("guest", "guest-password")),
        attack("a name of 5,000 letters", 401, basic("a".repeat(5000), PASSWORD)),
        attack("a password of 5,000 letters", 401, basic("ana", "a".repeat(5000))),
        attack("a password of 100 kB", 431, basic("ana", "a".repeat(100_000))),
        attack("no colon", 401, basic("ana".getBytes(StandardCharsets.US_ASCII))),
        attack("what is no base64", 401, "Authorization: Basic ***"),
        attack("base64 of two lines", 401, "Authorization: Basic YW5h OmNvcnJlY3Q="),
        attack("what is no UTF-8", 401, basic(new byte[] {(byte) 0xff, ':', 'x'})),
        attack("an overlong form of a letter", 401, basic(new byte[] {(byte) 0xc1, (byte) 0xa1, 'n', 'a', ':', 'x'})),
        attack("an empty header", 401, "Authorization: Basic "),
        attack("the password as a bearer", 401, "Authorization: Bearer " + PASSWORD.replace(" ", "-")),
        attack("Digest", 401, "Authorization: Digest username=\"ana\", response=\"" + "0".repeat(32) + "\""),
        attack("Negotiate", 401, "Authorization: Negotiate " + Base64.getEncoder().encodeToString(new byte[40])));
    // spotless:on
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("attacks")
  void refuses(String name, int status, String header) {
    RawConnection.Reply reply = ask(predictor, header);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).startsWith("{\"error\":\"").doesNotContain("predictions\":[");
    if (status == 401) {
      assertThat(reply.header("WWW-Authenticate")).contains("Basic realm=");
    }
  }

  @Test
  void triesOnlySoManyPasswordsOfOneUser() {
    Map<Integer, Integer> byStatus = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      byStatus.merge(ask(predictor, basic("target", "guess-" + i)).status(), 1, Integer::sum);
    }

    assertThat(byStatus.keySet()).containsExactlyInAnyOrder(401, 429);
    assertThat(ask(predictor, basic("another", "guess")).status()).isEqualTo(401);
  }

  @Test
  void asksOnceForManyRequestsOfOneUserAtTheSameTime() {
    int many = 60;
    RawConnection[] connections = new RawConnection[many];
    String request =
        "GET /v2 HTTP/1.1\r\nHost: a\r\n" + basic("Jos\u00e9, L.", "contrase\u00f1a") + "\r\n\r\n";
    for (int i = 0; i < many; i++) {
      connections[i] = new RawConnection(predictor.port()).send(request);
    }

    for (RawConnection connection : connections) {
      assertThat(connection.reply().status()).isEqualTo(200);
      connection.close();
    }
  }

  @Test
  void answersThatTheDirectoryIsAwayWhileKnownCallersGoOn() {
    assertThat(ask(predictor, basic("ana", PASSWORD)).status()).isEqualTo(200);
    slapd.stop();
    try {
      assertThat(ask(predictor, basic("ana", PASSWORD)).status()).isEqualTo(200);
      assertThat(ask(predictor, "x-api-key: " + KEY).status()).isEqualTo(200);
      RawConnection.Reply unknown = ask(predictor, basic("guest", "first seen"));
      assertThat(unknown.status()).isEqualTo(503);
      assertThat(unknown.header("Retry-After")).isEqualTo("1");
    } finally {
      slapd.start();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ask(predictor, basic("guest", "first seen")).status() == 401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://directory", "ldaps://a/b?c", "ldap://user@host", "localhost"})
  void refusesToStartWithWhatIsNoDirectory(String url) {
    try (PredictorProcess refused =
        PredictorProcess.start(
            Map.of("LDAP_URL", url, "LDAP_BIND_DN", Slapd.BIND_DN),
            "--model=" + Prediction.MODEL)) {
      assertThat(refused.awaitExit()).isEqualTo(1);
      assertThat(refused.err()).contains("LDAP_URL is no address of a directory");
    }
  }

  private static Arguments attack(String name, int status, String header) {
    return Arguments.of(name, status, header);
  }

  /** LDIF is ASCII: values that are not are written in base64, behind two colons. */
  private static String base64OfNames(String ldif) {
    StringBuilder encoded = new StringBuilder();
    ldif.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              boolean ascii = line.chars().allMatch(c -> c < 0x80);
              encoded
                  .append(
                      ascii
                          ? line
                          : line.substring(0, colon)
                              + ":: "
                              + Base64.getEncoder()
                                  .encodeToString(
                                      line.substring(colon + 2).getBytes(StandardCharsets.UTF_8)))
                  .append('\n');
            });
    return encoded.toString();
  }
}
