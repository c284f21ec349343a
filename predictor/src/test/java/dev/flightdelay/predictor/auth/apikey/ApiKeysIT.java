package dev.flightdelay.predictor.auth.apikey;

import static dev.flightdelay.predictor.auth.Prediction.ask;
import static dev.flightdelay.predictor.auth.Prediction.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.predictor.PredictorProcess;
import dev.flightdelay.predictor.auth.Prediction;
import dev.flightdelay.predictor.auth.ProjectedSecret;
import dev.flightdelay.predictor.dataplane.RawConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real predictor that knows callers by API keys. */
class ApiKeysIT {

  private static final String PLANNING = "4f".repeat(32);
  private static final String OPERATIONS = "Zk9+/=-._~".repeat(5);
  private static final Duration RELOADED = Duration.ofSeconds(15);

  @TempDir static Path folder;
  private static ProjectedSecret secret;
  private static PredictorProcess predictor;

  private boolean changed;

  @BeforeAll
  static void start() {
    secret = new ProjectedSecret(folder);
    secret.write(usual());
    predictor =
        PredictorProcess.serving(
            Prediction.MODEL, Map.of("API_KEYS_DIR", secret.folder().toString()));
  }

  @AfterAll
  static void stop() {
    if (predictor != null) {
      predictor.close();
    }
  }

  private static Map<String, String> usual() {
    return Map.of("planning", PLANNING + "\n", "operations", OPERATIONS);
  }

  @AfterEach
  void usualKeys() {
    if (changed) {
      changed = false;
      secret.write(usual());
      awaitStatus(200, PLANNING);
      awaitStatus(200, OPERATIONS);
    }
  }

  private void write(Map<String, String> keys) {
    changed = true;
    secret.write(keys);
  }

  @Test
  void letsKnownCallersIn() {
    assertThat(ask(predictor, bearer(PLANNING)).status()).isEqualTo(200);
    assertThat(ask(predictor, "x-api-key: " + PLANNING).status()).isEqualTo(200);
    assertThat(ask(predictor, "X-API-KEY: " + OPERATIONS).status()).isEqualTo(200);
    assertThat(ask(predictor, "authorization: bearer  " + OPERATIONS).status()).isEqualTo(200);
  }

  static Stream<Arguments> attacks() {
    String almost = PLANNING.substring(0, 63);
    // spotless:off
    return Stream.of(
        attack("nothing presented", 401),
        attack("an empty key", 401, "x-api-key: "),
        attack("an empty bearer", 401, "Authorization: Bearer "),
        attack("the scheme alone", 401, "Authorization: Bearer"),
        attack("a prefix of a key", 401, bearer(almost)),
        attack("half a key", 401, "x-api-key: " + PLANNING.substring(0, 32)),
        attack("a key with one more character", 401, bearer(PLANNING + "4")),
        attack("a key with a trailing dot", 401, bearer(PLANNING + ".")),
        attack("a key and a space and more", 401, "x-api-key: " + PLANNING + " x"),
        attack("two keys in one header", 401, "x-api-key: " + PLANNING + "," + OPERATIONS),
        attack("a key in capitals", 401, bearer(PLANNING.toUpperCase())),
        attack("a key whose last character is another", 401, bearer(almost + "e")),
        attack("a key that begins otherwise", 401, bearer("5" + PLANNING.substring(1))),
        attack("a caller's name", 401, bearer("planning")),
        attack("a name and a key", 401, bearer("planning:" + PLANNING)),
        attack("the key's file", 401, bearer("../planning")),
        attack("the hash of a key", 401, bearer(sha256(PLANNING))),
        attack("a wildcard", 401, bearer("*")),
        attack("a regular expression", 401, "x-api-key: .*"),
        attack("SQL", 401, "x-api-key: ' OR '1'='1"),
        attack("bytes that are not ASCII", 401, "x-api-key: \u00e9" + PLANNING),
        attack("the key without its scheme", 401, "Authorization: " + PLANNING),
        attack("the key with another scheme", 401, "Authorization: Token " + PLANNING),
        attack("the key as a password", 401, Prediction.basic("planning", PLANNING)),
        attack("the key in a cookie", 401, "Cookie: x-api-key=" + PLANNING),
        attack("the key in a header of another name", 401, "x-api-keys: " + PLANNING),
        attack("a proxy's header", 401, "X-Forwarded-User: planning", "X-Remote-User: planning"),
        attack("a key of 7,000 bytes", 401, bearer("a".repeat(7000))),
        attack("a key of 100 kB", 431, bearer("a".repeat(100_000))),
        attack("a header twice, the right one first", 400,
            "x-api-key: " + PLANNING, "x-api-key: " + almost),
        attack("a header twice, the right one last", 400, bearer(almost), bearer(PLANNING)),
        attack("two right ones", 400, bearer(PLANNING), "x-api-key: " + OPERATIONS),
        attack("NUL in a key", 400, "x-api-key: " + PLANNING + "\0"),
        attack("a folded header", 400, "x-api-key:\r\n " + PLANNING));
    // spotless:on
  }

  private static Arguments attack(String name, int status, String... headers) {
    return Arguments.of(name, status, List.of(headers));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("attacks")
  void refuses(String name, int status, List<String> headers) {
    RawConnection.Reply reply = ask(predictor, headers.toArray(String[]::new));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).startsWith("{\"error\":\"").doesNotContain(PLANNING, "predictions\":");
    if (status == 401) {
      assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer realm=\"predictions\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/docs",
        "/docs/docs.css",
        "/openapi.json",
        "/livez",
        "/readyz",
        "/v2/health/live",
        "/v2/health/ready",
        "/v2/models/flight-delay/ready",
        "/v2/models/flight-delay/versions/v1/ready"
      })
  void leavesOpenWhatShowsNamesOnly(String path) {
    assertThat(predictor.get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v2",
    "GET, /v1/models",
    "GET, /v2/models/flight-delay",
    "GET, /v1/models/flight-delay",
    "GET, /nothing",
    "GET, /docs/../v1/models",
    "GET, //",
    "GET, /api",
    "POST, /",
    "POST, /api",
    "POST, /predict",
    "POST, /Predecir",
    "POST, /livez",
    "POST, /docs",
    "PUT, /",
    "OPTIONS, /api",
    "POST, /v2/models/flight-delay/infer",
    "POST, /v2/models/flight-delay/versions/v1/infer",
    "POST, /v1/models/flight-delay%3Apredict"
  })
  void asksWhoCallsEverywhereElse(String method, String path) {
    try (RawConnection connection = new RawConnection(predictor.port())) {
      String request = method + " " + path + " HTTP/1.1\r\nHost: a\r\n";
      int status = connection.send(request + "\r\n").reply().status();
      // The documentation answers for all of /docs/, also what is not there.
      assertThat(status).isEqualTo(path.startsWith("/docs/") ? 404 : 401);
    }
  }

  /** They do so before a page's request, and without the key that it will have. */
  @Test
  void letsBrowsersAskWhatAPageOfAKnownOriginMayAsk() {
    String origin = "https://flights.example";
    try (PredictorProcess asked =
            PredictorProcess.serving(
                Prediction.MODEL,
                Map.of("API_KEYS_DIR", secret.folder().toString(), "CORS_ORIGINS", origin));
        RawConnection connection = new RawConnection(asked.port())) {
      String head = "OPTIONS /api HTTP/1.1\r\nHost: a\r\n";
      String fromPage = "Origin: " + origin + "\r\n";
      String preflight = fromPage + "Access-Control-Request-Method: POST\r\n\r\n";

      assertThat(connection.send(head + preflight).replyWithoutBody().status()).isEqualTo(204);
      assertThat(connection.send(head + "\r\n").reply().status()).isEqualTo(401);
    }
    assertThat(ask(predictor, "Origin: " + origin).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api | application/json | {\"error\":\"",
        "/v2/models/flight-delay/infer | application/json | {\"error\":\"",
        "/predict | application/json | {\"error\":\"",
        "/predict | application/x-www-form-urlencoded | <!doctype html>",
        "/Predecir | application/x-www-form-urlencoded | <!doctype html>",
        "/ | application/x-www-form-urlencoded | {\"error_message\":\""
      })
  void refusesInTheShapeOfEachDialect(String path, String type, String begins) {
    RawConnection.Reply reply = Prediction.post(predictor, path, "x", "Content-Type: " + type);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).startsWith(begins).contains("who calls must say so");
  }

  @Test
  void goesOnWithConnectionAfterRefusal() {
    try (RawConnection connection = new RawConnection(predictor.port())) {
      String request = "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n";
      connection.send(
          request + "\r\n{}" + request + bearer(PLANNING) + "\r\n\r\n{}" + request + "\r\n{}");

      assertThat(connection.reply().status()).isEqualTo(401);
      assertThat(connection.reply().status()).isEqualTo(400);
      assertThat(connection.reply().status()).isEqualTo(401);
    }
  }

  @Test
  void asksForNoBodyOfWhoMayNotCall() {
    try (RawConnection connection = new RawConnection(predictor.port())) {
      connection.send(
          "POST /api HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");

      assertThat(connection.reply().status()).isEqualTo(401);
      assertThat(connection.isClosedByServer()).isTrue();
    }
  }

  @Test
  void takesNewKeyBesideTheOldOneAndThenWithoutIt() {
    String fresh = "5e".repeat(32);

    write(Map.of("planning", PLANNING + "\n" + fresh + "\n", "operations", OPERATIONS));
    awaitStatus(200, fresh);
    assertThat(ask(predictor, bearer(PLANNING)).status()).isEqualTo(200);

    write(Map.of("planning", fresh, "operations", OPERATIONS));
    awaitStatus(401, PLANNING);
    assertThat(ask(predictor, bearer(fresh)).status()).isEqualTo(200);

    write(Map.of("planning", fresh));
    awaitStatus(401, OPERATIONS);
  }

  @Test
  void keepsTheLastGoodKeysWhereNewOnesCannotBeUsed() {
    write(Map.of("planning", "too-short"));

    await().atMost(RELOADED).until(() -> predictor.out().contains("what is in it is not keys"));
    assertThat(ask(predictor, bearer(PLANNING)).status()).isEqualTo(200);
    assertThat(predictor.out()).doesNotContain("too-short", PLANNING, "9 characters");
  }

  @Test
  void countsCallersByName() {
    predictor.awaitManagement();

    ask(predictor, bearer(OPERATIONS));

    assertThat(predictor.management("/actuator/prometheus").body())
        .containsPattern(
            "predictor_caller_requests_total\\{caller=\"operations\",mechanism=\"api-key\","
                + "status=\"200\"} [1-9]")
        .doesNotContain(OPERATIONS);
  }

  @Test
  void loadsNothingOfMechanismsThatAreNotAskedFor(@TempDir Path logs) throws Exception {
    Path log = logs.resolve("classes");
    try (PredictorProcess keysOnly =
        PredictorProcess.serving(
            Prediction.MODEL,
            Map.of(
                "API_KEYS_DIR",
                folder.toString(),
                "JAVA_TOOL_OPTIONS",
                "-Xlog:class+load:file=" + log))) {
      ask(keysOnly, bearer(PLANNING));
      ask(keysOnly, bearer("a.b.c"));
    }

    assertThat(Files.readString(log))
        .contains("dev.flightdelay.predictor.auth.apikey.ApiKeys")
        .doesNotContain("com.nimbusds", "com.unboundid");
  }

  @Test
  void limitsAddressesWhereCallersAreNotChecked() {
    try (PredictorProcess limited =
            PredictorProcess.serving(Prediction.MODEL, Map.of("LIMIT_PER_CALLER", "3"));
        RawConnection connection = new RawConnection(limited.port());
        RawConnection another = new RawConnection(limited.port())) {
      String request = "GET /v2 HTTP/1.1\r\nHost: a\r\n\r\n";
      connection.send(request.repeat(20));
      Map<Integer, Integer> byStatus = new HashMap<>();
      for (int i = 0; i < 20; i++) {
        byStatus.merge(connection.reply().status(), 1, Integer::sum);
      }
      another.send(request + "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(byStatus.keySet()).containsExactlyInAnyOrder(200, 429);
      assertThat(another.reply().status()).isIn(200, 429);
      assertThat(another.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void doesNotGuardTheControlPlane() {
    predictor.awaitManagement();

    assertThat(predictor.management("/actuator/info").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "               |                   | there is no key in it",
        "planning       | short             | keys have at least 32 characters",
        "planning       | ''                | keys have at least 32 characters",
        "..planning     | 4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f | there is no key in it",
        "planning       | with a space 4f4f4f4f4f4f4f4f4f4f4f4f | keys have at least 32 characters"
      })
  void refusesToStartRatherThanServeEverybodyOrNobody(
      String file, String key, String says, @TempDir Path keys) throws Exception {
    if (file != null) {
      Files.writeString(keys.resolve(file), key);
    }

    try (PredictorProcess refused =
        PredictorProcess.start(
            Map.of("API_KEYS_DIR", keys.toString()), "--model=" + Prediction.MODEL)) {
      assertThat(refused.awaitExit()).isEqualTo(1);
      assertThat(refused.err()).contains("API_KEYS_DIR").contains(says);
    }
  }

  @Test
  void refusesToStartWithoutTheFolder(@TempDir Path empty) {
    try (PredictorProcess refused =
        PredictorProcess.start(
            Map.of("API_KEYS_DIR", empty.resolve("keys").toString()),
            "--model=" + Prediction.MODEL)) {
      assertThat(refused.awaitExit()).isEqualTo(1);
      assertThat(refused.err()).contains("is not there: mount the Secret");
    }
  }

  private static void awaitStatus(int status, String key) {
    await()
        .atMost(RELOADED)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> ask(predictor, bearer(key)).status() == status);
  }

  private static String sha256(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return DigestUtils.sha256Hex(bytes);
  }
}
