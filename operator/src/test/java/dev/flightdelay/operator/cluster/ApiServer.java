package dev.flightdelay.operator.cluster;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.flightdelay.operator.faults.Fault;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.TlsVersion;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A kube-apiserver with etcd, controller-manager and scheduler, which all tests of a run share:
 * started for the first one, stopped when the JVM ends. The custom resource is known to it.
 *
 * <p>Tests are skipped, and say why, where its binaries are not built. One that runs already is
 * used instead where the system property {@code cluster.state} names its folder, CLUSTER_STATE of
 * e2e/cluster/cluster.
 */
public final class ApiServer {
  /**
   * Not Kubernetes' own 20: what a test before has left, collected at that pace, would keep the
   * next one waiting.
   */
  private static final String CONTROLLER_QPS = "200";

  static {
    // What is not there yet, and what a busy API server does not answer in time, is waited for.
    Awaitility.ignoreExceptionsByDefault();
  }

  /** How long a machine that is busy may keep a test waiting for one answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Path SCRIPT = Path.of("..", "e2e", "cluster", "cluster").toAbsolutePath();
  private static final Path CRD =
      Path.of("..", "crds", "flightdelaymodels.flightdelay.dev-v1.yml").toAbsolutePath();
  private static final int NOT_BUILT = 3;
  private static final AtomicInteger NAMESPACES = new AtomicInteger();
  private static ApiServer shared;

  private final Path state;
  private final Config admin;
  private final KubernetesClient client;

  private ApiServer(Path state) {
    this.state = state;
    try {
      this.admin = Config.fromKubeconfig(Files.readString(state.resolve("admin.conf")));
      // Not the client's own 10 s: what a test does outside a wait is not tried again.
      this.admin.setRequestTimeout((int) PATIENCE.toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.client = new KubernetesClientBuilder().withConfig(admin).build();
  }

  /** The API server of this run; the calling test is skipped where there is none. */
  public static synchronized ApiServer shared() {
    if (shared == null) {
      String running = System.getProperty("cluster.state");
      shared = new ApiServer(running == null ? start() : Path.of(running));
      shared.client.load(read(CRD)).serverSideApply();
      shared.awaitCustomResource();
    }
    return shared;
  }

  private static Path start() {
    String fork = System.getProperty("cluster.fork", "1");
    Path state = Path.of("target", "cluster-" + fork).toAbsolutePath();
    Map<String, String> environment =
        Map.of(
            "CLUSTER_STATE",
            state.toString(),
            "CLUSTER_PORT",
            "" + freePort(),
            "CLUSTER_AUDIT",
            "1",
            "CLUSTER_NO_BUILD",
            "1",
            "CLUSTER_CONTROLLER_QPS",
            System.getProperty("cluster.controller.qps", CONTROLLER_QPS),
            // Go's 100 collects garbage whenever as much as what is in use has come: of a small
            // heap,
            // all the time.
            "GOGC",
            "400");
    // What a run that was killed has left.
    cluster(environment, "down");
    Ended control = cluster(environment, "control-plane");
    Assumptions.assumeTrue(control.code != NOT_BUILT, control.output);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cluster(environment, "down")));
    Ended gateway = control.code == 0 ? cluster(environment, "gateway-api") : control;
    Assumptions.assumeTrue(gateway.code != NOT_BUILT, gateway.output);
    if (gateway.code != 0) {
      throw new IllegalStateException("the API server did not start: " + gateway.output);
    }
    return state;
  }

  private record Ended(int code, String output) {}

  private static Ended cluster(Map<String, String> environment, String command) {
    try {
      Path output = Files.createTempFile(Path.of("target"), "cluster", ".out");
      ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), command);
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      if (!process.waitFor(3, MINUTES)) {
        process.destroy();
        throw new IllegalStateException(command + " takes too long: " + Files.readString(output));
      }
      return new Ended(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream read(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitCustomResource() {
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("flightdelaymodels.flightdelay.dev")
        .waitUntilCondition(
            crd ->
                crd.getStatus() != null
                    && crd.getStatus().getConditions().stream()
                        .anyMatch(
                            c -> c.getType().equals("Established") && c.getStatus().equals("True")),
            PATIENCE.toSeconds(),
            SECONDS);
  }

  /** The administrator of the cluster, who also plays its users; never the operator. */
  public KubernetesClient client() {
    return client;
  }

  public URI address() {
    return URI.create(admin.getMasterUrl());
  }

  /** The administrator's way in, for kubectl. */
  public Path kubeconfig() {
    return state.resolve("admin.conf");
  }

  /** Trusts this API server. */
  public SSLContext trust() {
    try {
      SSLContext context = SSLContext.getInstance(TlsVersion.TLS_1_3.javaName());
      context.init(null, SSLUtils.trustManagers(admin), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the API server's certificate cannot be used", e);
    }
  }

  /** Where the audit log is: a JSON object a line for everything that anyone has done. */
  public Path auditLog() {
    return state.resolve("audit.log");
  }

  /**
   * Nothing is collected, made of Deployments, or deleted with its namespace until it is closed.
   */
  public Fault withoutControllers() {
    signal("kube-controller-manager", "STOP");
    return () -> signal("kube-controller-manager", "CONT");
  }

  /**
   * Nobody looks for nodes until it is closed: there are none, and that would be said of every pod
   * again and again.
   */
  public Fault withoutScheduler() {
    signal("kube-scheduler", "STOP");
    return () -> signal("kube-scheduler", "CONT");
  }

  private void signal(String component, String signal) {
    try {
      String pid = Files.readString(state.resolve(component + ".pid")).strip();
      Process kill = new ProcessBuilder("kill", "-" + signal, pid).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException(component + " runs no more");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a namespace of a name that no other test has. */
  public String newNamespace(String purpose) {
    String name =
        purpose + "-" + NAMESPACES.incrementAndGet() + "-" + ProcessHandle.current().pid();
    makeNamespace(name);
    return name;
  }

  /** Makes a namespace, as safe as the operator's pods are. */
  void makeNamespace(String name) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    // Controllers write it, and pods wait for it.
    client
        .serviceAccounts()
        .inNamespace(name)
        .withName("default")
        .waitUntilCondition(Objects::nonNull, PATIENCE.toSeconds(), SECONDS);
  }
}
