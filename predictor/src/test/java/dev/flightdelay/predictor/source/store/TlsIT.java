package dev.flightdelay.predictor.source.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.flightdelay.predictor.source.FetchingProcess;
import dev.flightdelay.predictor.source.FileSourceTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a certificate for localhost that only those trust who are told to. */
class TlsIT {

  private static final byte[] MODEL = {1, 2, 3};
  private static final String PASSWORD = "changeit";

  @TempDir static Path keys;
  private static Path store;

  @TempDir Path directory;
  private HttpsServer server;

  @BeforeAll
  static void certify() throws Exception {
    store = keys.resolve("store.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
  }

  @BeforeEach
  void start() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context()));
    server.createContext(
        "/m.pkl",
        exchange -> {
          exchange.sendResponseHeaders(200, MODEL.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(MODEL);
          }
        });
    server.createContext(
        "/plain",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "http://localhost/m.pkl");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void fetchesFromAServerThatTheTrustStoreKnows() throws IOException {
    assertThat(fetch("https://localhost:%d/m.pkl", trusting()))
        .endsWith("fetched 3 " + FileSourceTest.sha256(MODEL));
  }

  @Test
  void fetchesNothingFromAServerThatItDoesNotKnow() throws IOException {
    assertThat(fetch("https://localhost:%d/m.pkl", List.of()))
        .contains("UNTRUSTED_SERVER: ")
        .contains("trust store");
  }

  @Test
  void fetchesNothingFromAServerOfAnotherName() throws IOException {
    assertThat(fetch("https://127.0.0.1:%d/m.pkl", trusting())).contains("UNTRUSTED_SERVER: ");
  }

  @Test
  void followsNoRedirectOutOfTls() throws IOException {
    assertThat(fetch("https://localhost:%d/plain", trusting()))
        .contains("REDIRECT_REFUSED: ")
        .contains("from https to http");
  }

  private String fetch(String uri, List<String> options) throws IOException {
    return FetchingProcess.run(
        Map.of("MODEL_ALLOWED_HOSTS", "localhost,127.0.0.1", "MODEL_DEADLINE", "10s"),
        options,
        uri.formatted(server.getAddress().getPort()),
        FileSourceTest.sha256(MODEL),
        directory);
  }

  private List<String> trusting() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  private SSLContext context() throws GeneralSecurityException, IOException {
    KeyStore entries = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      entries.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(entries, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as("keytool's exit code").isZero();
  }
}
