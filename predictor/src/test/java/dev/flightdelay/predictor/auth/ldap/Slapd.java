package dev.flightdelay.predictor.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * OpenLDAP's own server with a folder and two ports of its own; a test without one is skipped. It
 * is asked as localhost, whatever its certificate is for.
 */
final class Slapd implements AutoCloseable {

  static final String BIND_DN = "uid={0},ou=people,dc=example,dc=com";
  static final String GROUP = "cn=planners,ou=groups,dc=example,dc=com";
  private static final Path SERVER = Path.of("/usr/sbin/slapd");
  private static final Path MODULES = Path.of("/usr/lib/ldap");
  private static final Path SCHEMAS = Path.of("/etc/ldap/schema");
  private static final String STORE_PASSWORD = "changeit";

  private final Path folder;
  private final Path store;
  private final int tlsPort = freePort();
  private final int plainPort = freePort();
  private Process process;

  /**
   * @param data the entries, as LDIF
   * @param name what its certificate is for
   */
  Slapd(Path folder, String data, String name) {
    Assumptions.assumeTrue(
        Files.isExecutable(SERVER) && Files.isDirectory(MODULES) && Files.isDirectory(SCHEMAS),
        "there is no slapd (apt-get install slapd)");
    this.folder = folder;
    this.store = folder.resolve("store.p12");
    try {
      certify(name);
      Files.createDirectory(folder.resolve("db"));
      Files.writeString(folder.resolve("slapd.conf"), configuration());
      Files.writeString(folder.resolve("data.ldif"), data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    run("/usr/sbin/slapadd", "-f", file("slapd.conf"), "-l", file("data.ldif"));
    start();
  }

  private String configuration() {
    return """
        include %1$s/core.schema
        include %1$s/cosine.schema
        include %1$s/nis.schema
        include %1$s/inetorgperson.schema
        modulepath %2$s
        moduleload back_mdb
        TLSCertificateFile %3$s/certificate.pem
        TLSCertificateKeyFile %3$s/key.pem
        TLSCACertificateFile %3$s/certificate.pem
        database mdb
        maxsize 10485760
        suffix "dc=example,dc=com"
        rootdn "cn=admin,dc=example,dc=com"
        directory %3$s/db
        access to attrs=userPassword by anonymous auth by * none
        access to * by users read by * none
        """
        .formatted(SCHEMAS, MODULES, folder);
  }

  void start() {
    try {
      process =
          new ProcessBuilder(
                  SERVER.toString(),
                  "-h",
                  "ldaps://127.0.0.1:%d/ ldap://127.0.0.1:%d/".formatted(tlsPort, plainPort),
                  "-f",
                  file("slapd.conf"),
                  "-d",
                  "0")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("slapd.log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Awaitility.await("slapd listens")
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () -> {
              assertThat(process.isAlive()).isTrue();
              new Socket("127.0.0.1", plainPort).close();
              return true;
            });
  }

  void stop() {
    process.destroy();
    try {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("slapd ends").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String ldaps() {
    return "ldaps://localhost:" + tlsPort;
  }

  String ldap() {
    return "ldap://localhost:" + plainPort;
  }

  /** A predictor's environment; it trusts the certificate. */
  Map<String, String> environment(String url) {
    return Map.of(
        "LDAP_URL", url,
        "LDAP_BIND_DN", BIND_DN,
        "LDAP_GROUP", GROUP,
        "MODEL_ALLOWED_HOSTS", "127.0.0.1,localhost",
        "JAVA_TOOL_OPTIONS",
            "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                .formatted(store, STORE_PASSWORD));
  }

  private void certify(String name) throws IOException, GeneralSecurityException {
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-dname",
        "CN=" + name,
        "-ext",
        "san=dns:" + name,
        "-keystore",
        store.toString(),
        "-storepass",
        STORE_PASSWORD);
    KeyStore entries = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      entries.load(in, STORE_PASSWORD.toCharArray());
    }
    pem("certificate.pem", "CERTIFICATE", entries.getCertificate("server").getEncoded());
    pem(
        "key.pem",
        "PRIVATE KEY",
        entries.getKey("server", STORE_PASSWORD.toCharArray()).getEncoded());
  }

  private void pem(String name, String kind, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void run(String... command) {
    try {
      Process process =
          new ProcessBuilder(new ArrayList<>(List.of(command)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(process.waitFor()).as(command[0]).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }
}
