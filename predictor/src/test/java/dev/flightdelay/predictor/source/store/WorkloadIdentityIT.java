package dev.flightdelay.predictor.source.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.flightdelay.predictor.network.AllowedHosts;
import dev.flightdelay.predictor.source.FetchingProcess;
import dev.flightdelay.predictor.source.FileSourceTest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pod's identity: tokens come from a metadata server, and a bucket that takes nothing else is
 * fake-gcs-server behind a guard that asks for them.
 */
@Timeout(60)
class WorkloadIdentityIT {

  private static final byte[] MODEL = new byte[100_000];

  static {
    new Random(4).nextBytes(MODEL);
  }

  private static final String SHA256 = FileSourceTest.sha256(MODEL);
  private static final String TOKEN = "token-of-the-pod";

  @TempDir Path directory;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private Emulator bucket;
  private HttpServer guard;
  private volatile HttpServer metadata;

  @BeforeEach
  void start() throws IOException {
    Path data = directory.resolve("data");
    Files.write(Files.createDirectories(data.resolve("models")).resolve("m.pkl"), MODEL);
    bucket = Emulator.gcs(data, Emulator.freePort());
    guard = server(this::guard);
    metadata = server(this::token);
    Files.createDirectory(directory.resolve("downloads"));
    Files.writeString(
        Files.createDirectory(directory.resolve("credentials")).resolve("endpoint"),
        "http://" + at(guard));
  }

  @AfterEach
  void stop() {
    for (HttpServer server : new HttpServer[] {guard, metadata}) {
      if (server != null) {
        server.stop(0);
      }
    }
    if (bucket != null) {
      bucket.close();
    }
  }

  @Test
  void fetchesWithTheTokenOfThePod() throws IOException {
    // The metadata server's address is not listed, and yet is asked for a token.
    String printed =
        fetch(Map.of("GCE_METADATA_HOST", at(metadata), "MODEL_ALLOWED_HOSTS", at(guard)));

    assertThat(printed).endsWith("fetched " + MODEL.length + " " + SHA256);
    assertThat(authorizations).containsExactly("Bearer " + TOKEN);
    assertThat(asked)
        .anyMatch(
            path -> path.startsWith("/computeMetadata/v1/instance/service-accounts/default/token"));
  }

  @Test
  void asksAgainForATokenThatIsNotThereYet() throws IOException {
    refusals.set(2);

    String printed =
        fetch(Map.of("GCE_METADATA_HOST", at(metadata), "MODEL_ALLOWED_HOSTS", at(guard)));

    assertThat(printed).endsWith("fetched " + MODEL.length + " " + SHA256);
  }

  @Test
  void waitsForAMetadataServerThatIsNotThereYet() throws IOException {
    InetSocketAddress address = metadata.getAddress();
    String host = at(metadata);
    metadata.stop(0);
    // The process cannot be watched from here; until then it has failed at least once.
    CompletableFuture<Void> late =
        CompletableFuture.runAsync(
            () -> metadata = server(address, this::token),
            CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));

    String printed = fetch(Map.of("GCE_METADATA_HOST", host, "MODEL_ALLOWED_HOSTS", at(guard)));

    late.join();
    assertThat(printed).endsWith("fetched " + MODEL.length + " " + SHA256);
    assertThat(authorizations).containsExactly("Bearer " + TOKEN);
  }

  @Test
  void readsNoModelFromTheMetadataServer() throws IOException {
    String printed =
        FetchingProcess.run(
            environment(
                Map.of("GCE_METADATA_HOST", at(metadata), "MODEL_ALLOWED_HOSTS", at(guard))),
            List.of("-Duser.home=" + directory),
            "http://"
                + at(metadata)
                + "/computeMetadata/v1/instance/service-accounts/default/token",
            SHA256,
            directory.resolve("downloads"));

    assertThat(printed).contains("ADDRESS_REFUSED: ");
    assertThat(asked).isEmpty();
  }

  @Test
  void saysThatNoCredentialsWereFound() throws IOException {
    String printed = fetch(Map.of("NO_GCE_CHECK", "true", "MODEL_ALLOWED_HOSTS", at(guard)));

    assertThat(printed)
        .contains("FORBIDDEN: gs://models/m.pkl may not be read (the store answered 401)")
        .contains("Workload Identity");
    assertThat(authorizations).containsExactly("null");
  }

  @Test
  void saysThatTheKeyFileIsNotThere() throws IOException {
    String printed =
        fetch(
            Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/absent", "MODEL_ALLOWED_HOSTS", at(guard)));

    assertThat(printed).contains("INVALID_SETTINGS: GOOGLE_APPLICATION_CREDENTIALS");
  }

  @Test
  void fetchesWithTheKeyOfAServiceAccount() throws Exception {
    Path file = directory.resolve("key.json");
    Files.writeString(file, key("http://" + at(metadata) + "/default/token"));

    String listed =
        fetch(
            Map.of(
                "GOOGLE_APPLICATION_CREDENTIALS",
                file.toString(),
                "MODEL_ALLOWED_HOSTS",
                "127.0.0.1"));
    assertThat(listed).endsWith("fetched " + MODEL.length + " " + SHA256);
    assertThat(authorizations).containsExactly("Bearer " + TOKEN);
  }

  @Test
  void asksForTokensAtListedHostsOnly() throws Exception {
    Path file = directory.resolve("key.json");
    Files.writeString(file, key("http://" + at(metadata) + "/default/token"));

    String printed =
        fetch(
            Map.of(
                "GOOGLE_APPLICATION_CREDENTIALS", file.toString(),
                "MODEL_ALLOWED_HOSTS", at(guard)));

    assertThat(printed).contains("ADDRESS_REFUSED: ");
    assertThat(asked).isEmpty();
  }

  private static String key(String tokenUri) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String pem =
        "-----BEGIN PRIVATE KEY-----\\n"
            + Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
            + "\\n-----END PRIVATE KEY-----\\n";
    return """
        {"type": "service_account", "project_id": "p", "private_key_id": "1", "private_key": "%s",
         "client_email": "predictor@p.example.com", "client_id": "1", "token_uri": "%s"}
        """
        .formatted(pem, tokenUri);
  }

  @Test
  void sendsTokensToGoogleAndToListedHostsOnly() {
    AllowedHosts listed = AllowedHosts.parse("gcs.models.svc:4443,10.0.0.0/8");

    assertThat(GcsStore.mayHaveToken(endpoint("https://storage.googleapis.com"), listed)).isTrue();
    assertThat(GcsStore.mayHaveToken(endpoint("https://storage-x.p.googleapis.com/"), listed))
        .isTrue();
    assertThat(GcsStore.mayHaveToken(endpoint("http://gcs.models.svc:4443"), listed)).isTrue();
    assertThat(GcsStore.mayHaveToken(endpoint("http://10.1.2.3"), listed)).isTrue();
    assertThat(GcsStore.mayHaveToken(endpoint("http://storage.googleapis.com"), listed)).isFalse();
    assertThat(GcsStore.mayHaveToken(endpoint("https://googleapis.com.example"), listed)).isFalse();
    assertThat(GcsStore.mayHaveToken(endpoint("https://notgoogleapis.com"), listed)).isFalse();
    assertThat(GcsStore.mayHaveToken(endpoint("http://gcs.models.svc:80"), listed)).isFalse();
  }

  private static Endpoint endpoint(String uri) {
    return Endpoint.of(uri, "endpoint");
  }

  private String fetch(Map<String, String> environment) throws IOException {
    return FetchingProcess.run(
        environment(environment),
        List.of("-Duser.home=" + directory),
        "gs://models/m.pkl",
        SHA256,
        directory.resolve("downloads"));
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("MODEL_CREDENTIALS_DIR", directory.resolve("credentials").toString());
    environment.put("MODEL_DEADLINE", "20s");
    return environment;
  }

  private void token(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
    boolean isToken = exchange.getRequestURI().getPath().endsWith("/default/token");
    if (isToken && refusals.getAndDecrement() > 0) {
      answer(exchange, 503, new byte[0]);
    } else if (isToken) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      String json =
          "{\"access_token\":\"%s\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
              .formatted(TOKEN);
      answer(exchange, 200, json.getBytes(UTF_8));
    } else if (exchange.getRequestURI().getPath().endsWith("/universe-domain")) {
      answer(exchange, 200, "googleapis.com".getBytes(UTF_8));
    } else {
      answer(exchange, exchange.getRequestURI().getPath().equals("/") ? 200 : 404, new byte[0]);
    }
  }

  private void guard(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    authorizations.add(String.valueOf(authorization));
    if (!("Bearer " + TOKEN).equals(authorization)) {
      answer(exchange, 401, "no token".getBytes(UTF_8));
      return;
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      var response =
          client.send(
              HttpRequest.newBuilder(URI.create(bucket.uri() + exchange.getRequestURI())).build(),
              BodyHandlers.ofByteArray());
      answer(exchange, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpServer server(HttpHandler handler) {
    return server(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), handler);
  }

  private static HttpServer server(InetSocketAddress address, HttpHandler handler) {
    try {
      HttpServer server = HttpServer.create(address, 0);
      server.createContext("/", handler);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String at(HttpServer server) {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
