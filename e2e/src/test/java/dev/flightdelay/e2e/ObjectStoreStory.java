package dev.flightdelay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.e2e.Client.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model in a private bucket, read with keys that only the pods are given. */
@Story
@Order(2)
class ObjectStoreStory {

  private static final String MODEL = "from-a-bucket";
  private static final String KEY = "flightdelay";
  private static final String SECRET = "only-for-this-story";

  @TempDir static Path data;

  private static Process store;
  private static InetSocketAddress address;

  private final User user;
  private final Client client;
  private final Cluster cluster;

  ObjectStoreStory(User user, Client client, Cluster cluster) {
    this.user = user;
    this.client = client;
    this.cluster = cluster;
  }

  /** versitygw, which verifies the signature of every request. */
  @BeforeAll
  static void startStore(Settings settings) throws IOException {
    Assumptions.assumeTrue(
        settings.hostAddress().isPresent(),
        "E2E_HOST_ADDRESS does not say how pods reach this machine");
    Path program = emulator("versitygw");
    Path bucket = Files.createDirectories(data.resolve("models"));
    Files.copy(
        settings.root().resolve("predictor/samples/flight-delay").resolve(SampleModel.V2.file()),
        bucket.resolve("flight-delay.pkl"));
    address = freePort(settings.hostAddress().orElseThrow());
    store =
        new ProcessBuilder(
                program.toString(),
                "--port",
                address.getHostString() + ":" + address.getPort(),
                "--access",
                KEY,
                "--secret",
                SECRET,
                "--region",
                "eu-test-1",
                "--quiet",
                "posix",
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().atMost(Duration.ofSeconds(30)).until(ObjectStoreStory::listens);
  }

  @AfterAll
  static void stopStore() {
    if (store != null) {
      store.destroy();
    }
  }

  @Test
  void isFetchedWithTheKeysOfItsSecret() {
    user.applies(secret(SECRET));
    Model model = Model.small(MODEL);

    user.applies(version(model, "v1").yaml());

    user.waitsUntilReady(MODEL);
    // A proxy hears of a new Ingress a moment after the model is Ready.
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(client.asks(MODEL)).isEqualTo(Answer.right("v1")));
    await("the pod says what it serves")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(cluster.version(MODEL, "v1"))
                    .containsEntry("sha256", SampleModel.V2.sha256()));
    user.kubectl("delete", "fdm", MODEL, "--wait=false");
  }

  private static Model version(Model model, String version) {
    return model.version(
        version,
        "s3://models/flight-delay.pkl",
        SampleModel.V2.sha256(),
        100,
        "credentialsSecret: bucket-keys");
  }

  private static String secret(String secret) {
    return """
        apiVersion: v1
        kind: Secret
        metadata: {name: bucket-keys}
        stringData:
          access-key-id: %s
          secret-access-key: %s
          region: eu-test-1
          endpoint: http://%s:%d
        """
        .formatted(KEY, secret, address.getHostString(), address.getPort());
  }

  /** As predictor/src/test/emulators/install leaves it. */
  private static Path emulator(String name) {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path caches =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    Path program = caches.resolve("flight-delay/bin").resolve(name);
    Assumptions.assumeTrue(
        Files.isExecutable(program),
        name + " is not installed; run predictor/src/test/emulators/install");
    return program;
  }

  private static InetSocketAddress freePort(String host) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return new InetSocketAddress(host, socket.getLocalPort());
    }
  }

  private static boolean listens() {
    assertThat(store.isAlive()).as("the store runs").isTrue();
    try (Socket socket = new Socket()) {
      socket.connect(address, 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
