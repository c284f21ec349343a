package dev.flightdelay.predictor.source.store;

import static dev.flightdelay.predictor.source.FetchSettingsFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.flightdelay.predictor.source.FileSourceTest;
import dev.flightdelay.predictor.source.ModelFetchException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import dev.flightdelay.predictor.source.ModelFetcher;
import dev.flightdelay.predictor.source.ModelLocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may name a Secret and a host, and may read no Secret, would have it sent to a host of his
 * own: the server here is that host.
 */
class CredentialHostsTest {

  private static final byte[] MODEL = "a model".getBytes();
  private static final String SHA256 = FileSourceTest.sha256(MODEL);

  @TempDir Path directory;
  private Path credentials;
  private HttpServer server;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    credentials = Files.createDirectory(directory.resolve("credentials"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          authorizations.add("" + exchange.getRequestHeaders().getFirst("Authorization"));
          tokens.add("" + exchange.getRequestHeaders().getFirst("X-Amz-Security-Token"));
          exchange.sendResponseHeaders(200, MODEL.length);
          exchange.getResponseBody().write(MODEL);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void sendsAHeaderOnlyToAHostThatTheSecretLists() throws IOException {
    put("header", "Authorization: Bearer s3cret");

    ModelFetchException refused = refused("http://localhost:" + port() + "/m.pkl");

    assertThat(authorizations).isEmpty();
    assertThat(refused)
        .hasMessageContaining("localhost:" + port())
        .hasMessageContaining("hosts")
        .hasMessageNotContaining("s3cret");

    put("hosts", "models.example,localhost:" + port());
    fetch("http://localhost:" + port() + "/m.pkl");

    assertThat(authorizations).containsExactly("Bearer s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "https://storage.googleapis.com/b/m.pkl, true",
    "https://b.storage.googleapis.com/m.pkl, true",
    "https://s3.amazonaws.com/b/m.pkl, true",
    "https://b.c.s3.eu-west-1.amazonaws.com/m.pkl, true",
    "https://b.s3.dualstack.us-gov-west-1.amazonaws.com/m.pkl, true",
    "https://s3.cn-north-1.amazonaws.com.cn/b/m.pkl, true",
    "https://bucket.vpce-1a2b3c.s3.us-east-1.vpce.amazonaws.com/m.pkl, true",
    "http://storage.googleapis.com/b/m.pkl, false",
    "http://s3.amazonaws.com/b/m.pkl, false",
    "https://abc.execute-api.us-east-1.amazonaws.com/m.pkl, false",
    "https://s3-x.us-east-1.elb.amazonaws.com/m.pkl, false",
    "https://ec2-192-0-2-1.compute-1.amazonaws.com/m.pkl, false",
    "https://evil-s3.amazonaws.com/m.pkl, false",
    "https://s3.amazonaws.com.evil.example/m.pkl, false",
    "https://evilstorage.googleapis.com/m.pkl, false",
    "https://storage.googleapis.com.evil.example/m.pkl, false"
  })
  void countsTheStoresOwnHostsByHttpsWhereNoneAreListed(String uri, boolean may) {
    assertThat(CredentialHosts.of(new MountedCredentials(Optional.of(credentials))))
        .satisfies(hosts -> assertThat(hosts.mayHave(URI.create(uri))).isEqualTo(may));
  }

  @Test
  void countsOnlyWhatIsListedAndTheEndpointWhereHostsAreListed() throws IOException {
    put("hosts", "models.example");
    put("endpoint", "http://minio.storage.svc:9000");
    CredentialHosts hosts = CredentialHosts.of(new MountedCredentials(Optional.of(credentials)));

    assertThat(hosts.mayHave(URI.create("http://models.example/m.pkl"))).isTrue();
    assertThat(hosts.mayHave(URI.create("http://minio.storage.svc:9000/m.pkl"))).isTrue();
    assertThat(hosts.mayHave(URI.create("http://minio.storage.svc:9001/m.pkl"))).isFalse();
    assertThat(hosts.mayHave(URI.create("https://storage.googleapis.com/b/m.pkl"))).isFalse();
  }

  @Test
  void sendsAccessKeysOfASecretToItsOwnEndpoint() throws IOException {
    put("access-key-id", "AKID");
    put("secret-access-key", "s3cret");
    put("region", "eu-test-1");
    put("endpoint", "http://localhost:" + port());

    fetch("s3://bucket/m.pkl");

    assertThat(authorizations).singleElement().asString().contains("Credential=AKID/");
  }

  @Test
  void sendsAccessKeysToNoAmazonWhereOtherHostsAreListed() throws IOException {
    put("access-key-id", "AKID");
    put("secret-access-key", "s3cret");
    put("region", "eu-west-1");
    put("hosts", "minio.storage.svc:9000");

    assertThat(refused("s3://bucket/m.pkl"))
        .hasMessageContaining("s3.eu-west-1.amazonaws.com")
        .hasMessageContaining("hosts");
  }

  /** The identity is the pod's, and not that of whoever wrote the Secret. */
  @ParameterizedTest
  @ValueSource(strings = {"", "localhost"})
  void sendsThePodsOwnIdentityToNoEndpointOfASecret(String hosts) throws IOException {
    put("region", "eu-test-1");
    put("endpoint", "http://localhost:" + port());
    put("hosts", hosts);

    withIdentity(() -> fetch("s3://bucket/m.pkl"));

    assertThat(authorizations).containsExactly("null");
    assertThat(tokens).containsExactly("null");
  }

  @Test
  void sendsThePodsOwnIdentityToAHostThatTheOperatorLists() throws IOException {
    put("region", "eu-test-1");
    put("endpoint", "http://localhost:" + port());

    withIdentity(
        () ->
            fetcher("127.0.0.0/8,localhost")
                .fetch(ModelLocation.file("s3://bucket/m.pkl"), Optional.of(SHA256)));

    assertThat(authorizations).singleElement().asString().contains("Credential=POD/");
    assertThat(tokens).containsExactly("t0ken");
  }

  private static void withIdentity(Runnable fetch) {
    List<String> names = List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.sessionToken");
    List<String> values = List.of("POD", "s3cret", "t0ken");
    try {
      for (int i = 0; i < names.size(); i++) {
        System.setProperty(names.get(i), values.get(i));
      }
      fetch.run();
    } finally {
      names.forEach(System::clearProperty);
    }
  }

  private void put(String key, String value) throws IOException {
    Files.writeString(credentials.resolve(key), value);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void fetch(String uri) {
    // Reached by its address, and not listed by its name.
    assertThat(fetcher("127.0.0.0/8").fetch(ModelLocation.file(uri), Optional.of(SHA256)).bytes())
        .isEqualTo(MODEL);
  }

  private ModelFetchException refused(String uri) {
    return assertThatExceptionOfType(ModelFetchException.class)
        .isThrownBy(() -> fetch(uri))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID_SETTINGS))
        .actual();
  }

  private ModelFetcher fetcher(String allowed) {
    return new ModelFetcher(
        settings(
            directory,
            "MODEL_ALLOWED_HOSTS",
            allowed,
            "MODEL_CREDENTIALS_DIR",
            credentials.toString()),
        _ -> {},
        Stores::open);
  }
}
