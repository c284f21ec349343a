package dev.flightdelay.local.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.local.api.Project;
import dev.flightdelay.local.api.RunningApi;
import dev.flightdelay.local.process.ChildProcesses;
import dev.flightdelay.local.proxy.ReverseProxy;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real predictors; the objects are written by the test in the operator's place. */
class RunnerIT {

  private static final Duration AT_MOST = Duration.ofSeconds(90);

  @TempDir Path folder;

  private final RunningApi api = new RunningApi();
  private final KubernetesClient client = api.client();
  private final ChildProcesses processes = new ChildProcesses();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port = freePort();
  private ReverseProxy proxy;
  private Runner runner;

  @BeforeEach
  void start() throws IOException {
    proxy = new ReverseProxy(api.vertx(), client, "127.0.0.1", port);
    proxy.listen().toCompletionStage().toCompletableFuture().join();
    api.define();
    client
        .load(RunnerIT.class.getResourceAsStream("/dev/flightdelay/local/command/gateway-api.yaml"))
        .items()
        .forEach(definition -> client.resource(definition).create());
    runner =
        new Runner(
            client,
            processes,
            new PredictorCommand(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Project.ROOT.resolve("predictor/target/predictor.jar"),
                List.of()),
            proxy,
            folder,
            folder.resolve("claims"));
    runner.start();
    proxy.follow();
    byte[] pickle =
        Files.readAllBytes(Project.ROOT.resolve("predictor/samples/flight-delay/flight-delay.pkl"));
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("pickles")
                .endMetadata()
                .addToBinaryData("v1.pkl", Base64.getEncoder().encodeToString(pickle))
                .build())
        .create();
  }

  @AfterEach
  void stop() {
    runner.close();
    processes.stopAll(Duration.ofSeconds(5));
    proxy.close();
    api.close();
  }

  @Test
  void rollsOutAnotherTemplateWithoutLosingARequest() {
    apply(deployment("file:/model/v1.pkl", "v1", CONFIG_MAP));
    apply(SERVICE);
    apply(INGRESS);
    await().atMost(AT_MOST).until(() -> "v1".equals(servedVersion()));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> requests =
        CompletableFuture.supplyAsync(
            () -> {
              int count = 0;
              while (!done.get()) {
                assertThat(predict().statusCode()).isEqualTo(200);
                count++;
              }
              return count;
            });

    apply(deployment("file:/model/v1.pkl", "v2", CONFIG_MAP));

    await()
        .atMost(AT_MOST)
        .untilAsserted(
            () -> {
              assertThat(pods()).hasSize(1);
              assertThat(servedVersion()).isEqualTo("v2");
            });
    done.set(true);
    assertThat(requests.join()).isGreaterThan(50);
    await()
        .atMost(AT_MOST)
        .untilAsserted(
            () -> {
              var status = theDeployment().getStatus();
              assertThat(status.getObservedGeneration()).isEqualTo(2);
              assertThat(status.getReadyReplicas()).isEqualTo(1);
              assertThat(status.getUpdatedReplicas()).isEqualTo(1);
              assertThat(status.getConditions())
                  .extracting(condition -> condition.getType() + condition.getStatus())
                  .containsExactlyInAnyOrder("AvailableTrue", "ProgressingTrue");
            });
  }

  @Test
  void showsWhyAPredictorCannotStartAndTriesAgain() {
    apply(deployment("file:/model/absent.pkl", "v1", CONFIG_MAP));

    await()
        .atMost(AT_MOST)
        // Between two waits it runs again, for a moment.
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              assertThat(onlyPod().getStatus()).isNotNull();
              var container = onlyPod().getStatus().getContainerStatuses().getFirst();
              assertThat(container.getReady()).isFalse();
              assertThat(container.getRestartCount()).isGreaterThan(0);
              assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(2);
              assertThat(container.getLastState().getTerminated().getMessage())
                  .contains("absent.pkl is not there");
              assertThat(container.getState().getWaiting().getReason())
                  .isEqualTo("CrashLoopBackOff");
            });
  }

  @Test
  void saysInAnEventThatAVolumeIsMissing() {
    apply(deployment("file:/model/v1.pkl", "v1", "configMap: {name: absent}"));

    await()
        .atMost(AT_MOST)
        .untilAsserted(
            () ->
                assertThat(events())
                    .anySatisfy(
                        event -> {
                          assertThat(event.getReason()).isEqualTo("FailedMount");
                          assertThat(event.getMessage()).contains("configmap \"absent\" not found");
                          assertThat(event.getInvolvedObject().getName())
                              .isEqualTo(onlyPod().getMetadata().getName());
                        }));
    assertThat(onlyPod().getStatus().getPhase()).isEqualTo("Pending");
  }

  @Test
  void servesAFileOfAClaimOnceItsFolderIsThere() throws IOException {
    apply(deployment("file:/model/v1.pkl", "v1", "persistentVolumeClaim: {claimName: models}"));
    apply(SERVICE);
    apply(INGRESS);
    await()
        .atMost(AT_MOST)
        .untilAsserted(
            () ->
                assertThat(events())
                    .extracting(Event::getMessage)
                    .anyMatch(message -> message.contains("there is no " + claim())));

    Files.createDirectories(claim());
    Files.copy(
        Project.ROOT.resolve("predictor/samples/flight-delay/flight-delay.pkl"),
        claim().resolve("v1.pkl"));

    await().atMost(AT_MOST).until(() -> "v1".equals(servedVersion()));
  }

  private Path claim() {
    return folder.resolve("claims").resolve("models");
  }

  @Test
  void stopsThePodsOfADeploymentThatIsDeleted() {
    apply(deployment("file:/model/v1.pkl", "v1", CONFIG_MAP));
    await()
        .atMost(AT_MOST)
        .until(
            () ->
                Integer.valueOf(1)
                    .equals(
                        theDeployment().getStatus() == null
                            ? null
                            : theDeployment().getStatus().getReadyReplicas()));
    String address = onlyPod().getStatus().getPodIP();

    client.resource(theDeployment()).delete();

    await().atMost(AT_MOST).until(() -> pods().isEmpty() && !isServing(address));
  }

  private static final String CONFIG_MAP = "configMap: {name: pickles}";

  private static String deployment(String uri, String version, String volume) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: default, labels: {app.kubernetes.io/managed-by: flight-delay-operator}}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web, app.kubernetes.io/managed-by: flight-delay-operator}}
            spec:
              containers:
                - name: predictor
                  image: local/predictor
                  terminationMessagePolicy: FallbackToLogsOnError
                  env:
                    - {name: MODEL_URI, value: "%s"}
                    - {name: MODEL_NAME, value: flight-delay}
                    - {name: MODEL_VERSION, value: %s}
                  ports:
                    - {name: http, containerPort: 8080}
                    - {name: management, containerPort: 9090}
                  readinessProbe: {httpGet: {path: /readyz, port: http}}
                  volumeMounts: [{name: model, mountPath: /model}]
              volumes: [{name: model, %s}]
        """
        .formatted(uri, version, volume);
  }

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: default}
      spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
      """;

  private static final String INGRESS =
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: web, namespace: default}
      spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
      """;

  private void apply(String yaml) {
    for (HasMetadata object :
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items()) {
      client.resource(object).fieldManager("operator").forceConflicts().serverSideApply();
    }
  }

  private Deployment theDeployment() {
    return client.apps().deployments().inNamespace("default").withName("web").get();
  }

  private List<Pod> pods() {
    return client.pods().inNamespace("default").withLabel("app", "web").list().getItems();
  }

  private Pod onlyPod() {
    assertThat(pods()).hasSize(1);
    return pods().getFirst();
  }

  private List<Event> events() {
    return client.v1().events().inNamespace("default").list().getItems();
  }

  private HttpResponse<String> predict() {
    try {
      return http.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + port + "/v1/models/flight-delay:predict"))
              .timeout(Duration.ofSeconds(20))
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"instances\":[{\"OPERA\":\"Grupo LATAM\",\"TIPOVUELO\":\"I\",\"MES\":12}]}"))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private String servedVersion() {
    return predict().headers().firstValue("x-model-version").orElse("");
  }

  private static boolean isServing(String address) {
    try (var socket = new java.net.Socket()) {
      socket.connect(new java.net.InetSocketAddress(address, 8080), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
