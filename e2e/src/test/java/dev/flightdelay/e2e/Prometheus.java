package dev.flightdelay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;

/**
 * Prometheus as a process that scrapes what the chart's PodMonitors select, as the Prometheus
 * Operator would have it do, only more often; with the chart's rules.
 */
final class Prometheus implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String INTERVAL = "2s";

  private final Process process;
  private final URI address;
  private final Set<String> recorded;
  private final Path targets;
  private final HttpClient http = HttpClient.newHttpClient();

  private Prometheus(Process process, URI address, Set<String> recorded, Path targets) {
    this.process = process;
    this.address = address;
    this.recorded = recorded;
    this.targets = targets;
  }

  static Prometheus start(Settings settings, User user, String operatorNamespace, Path folder)
      throws IOException {
    Assumptions.assumeTrue(
        settings.hostAddress().isPresent(), "E2E_HOST_ADDRESS: this machine does not reach pods");
    Assumptions.assumeTrue(
        Command.run(folder, "", List.of("bash", "-c", "command -v prometheus promtool")).good(),
        "Prometheus is not installed: apt-get install prometheus");
    Path targets = folder.resolve("targets.json");
    List<Object> scrapes = new ArrayList<>();
    Map<String, Object> rules = new LinkedHashMap<>();
    String rendered =
        user.helm(
            Installation.template(
                settings,
                "--set=monitoring.type=PodMonitor",
                "--set=monitoring.scraperNamespaces={monitoring}",
                "--set=alerts.enabled=true"));
    try (var objects = YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered)) {
      while (objects.hasNext()) {
        JsonNode object = objects.next();
        switch (object.path("kind").asText()) {
          case "PodMonitor" -> scrapes.addAll(scrapes(object, operatorNamespace, targets));
          case "PrometheusRule" ->
              rules.put("groups", JSON.convertValue(object.at("/spec/groups"), List.class));
          default -> {}
        }
      }
    }
    assertThat(scrapes).as("what the chart's PodMonitors scrape").hasSize(2);
    Path rulesFile = folder.resolve("rules.yaml");
    YAML.writeValue(rulesFile.toFile(), rules);
    var checked =
        Command.run(folder, "", List.of("promtool", "check", "rules", rulesFile.toString()));
    assertThat(checked.good()).as(checked.output()).isTrue();
    YAML.writeValue(
        folder.resolve("prometheus.yaml").toFile(),
        Map.of(
            "global",
            Map.of(
                "scrape_interval",
                INTERVAL,
                "scrape_timeout",
                INTERVAL,
                "evaluation_interval",
                INTERVAL),
            "rule_files",
            List.of(rulesFile.toString()),
            "scrape_configs",
            scrapes));
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yaml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    Prometheus prometheus =
        new Prometheus(
            process,
            URI.create("http://127.0.0.1:" + port),
            new TreeSet<>(JSON.valueToTree(rules).findValuesAsText("record")),
            targets);
    await("Prometheus is ready")
        .atMost(Duration.ofMinutes(1))
        .ignoreException(UncheckedIOException.class)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(folder.resolve("prometheus.log")));
              }
              return prometheus.get("/-/ready").contains("Ready");
            });
    return prometheus;
  }

  /**
   * Tells it of the pods that there are now, as its own discovery in Kubernetes would, which
   * Debian's build is without.
   */
  void discover(KubernetesClient client) {
    List<Object> found = new ArrayList<>();
    for (Pod pod : client.pods().inAnyNamespace().list().getItems()) {
      if (pod.getStatus().getPodIP() == null) {
        continue;
      }
      for (Container container : pod.getSpec().getContainers()) {
        for (ContainerPort port : container.getPorts()) {
          Map<String, String> labels = new LinkedHashMap<>();
          labels.put("__meta_kubernetes_namespace", pod.getMetadata().getNamespace());
          labels.put("__meta_kubernetes_pod_name", pod.getMetadata().getName());
          labels.put("__meta_kubernetes_pod_container_port_name", port.getName());
          pod.getMetadata()
              .getLabels()
              .forEach((label, value) -> labels.put(metaLabel(label), value));
          found.add(
              Map.of(
                  "targets",
                  List.of(pod.getStatus().getPodIP() + ":" + port.getContainerPort()),
                  "labels",
                  labels));
        }
      }
    }
    try {
      Path next = targets.resolveSibling("next.json");
      JSON.writeValue(next.toFile(), found);
      Files.move(next, targets, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String metaLabel(String label) {
    return "__meta_kubernetes_pod_label_" + label.replaceAll("[^a-zA-Z0-9_]", "_");
  }

  /** A PodMonitor as the scrapes that it stands for. */
  private static List<Object> scrapes(JsonNode monitor, String operatorNamespace, Path targets) {
    JsonNode names = monitor.at("/spec/namespaceSelector/matchNames");
    List<String> namespaces = new ArrayList<>();
    names.forEach(name -> namespaces.add(name.asText()));
    if (namespaces.isEmpty()) {
      namespaces.add(operatorNamespace);
    }
    List<Object> scrapes = new ArrayList<>();
    Map<String, Object> inNamespaces =
        Map.of(
            "action",
            "keep",
            "source_labels",
            List.of("__meta_kubernetes_namespace"),
            "regex",
            String.join("|", namespaces));
    for (JsonNode endpoint : monitor.at("/spec/podMetricsEndpoints")) {
      List<Object> relabelings = new ArrayList<>(List.of(inNamespaces));
      monitor
          .at("/spec/selector/matchLabels")
          .properties()
          .forEach(
              label ->
                  relabelings.add(
                      Map.of(
                          "action",
                          "keep",
                          "source_labels",
                          List.of(metaLabel(label.getKey())),
                          "regex",
                          label.getValue().asText())));
      relabelings.add(
          Map.of(
              "action", "keep",
              "source_labels", List.of("__meta_kubernetes_pod_container_port_name"),
              "regex", endpoint.get("port").asText()));
      for (String target : List.of("namespace", "pod")) {
        String source =
            target.equals("pod") ? "__meta_kubernetes_pod_name" : "__meta_kubernetes_namespace";
        relabelings.add(Map.of("source_labels", List.of(source), "target_label", target));
      }
      for (JsonNode relabeling : endpoint.path("relabelings")) {
        relabelings.add(
            Map.of(
                "source_labels",
                JSON.convertValue(relabeling.get("sourceLabels"), List.class),
                "target_label",
                relabeling.get("targetLabel").asText()));
      }
      scrapes.add(
          Map.of(
              "job_name",
              monitor.at("/metadata/name").asText(),
              "metrics_path",
              endpoint.get("path").asText(),
              "file_sd_configs",
              List.of(Map.of("files", List.of(targets.toString()))),
              "relabel_configs",
              relabelings));
    }
    return scrapes;
  }

  /** The names of the series that the rules record. */
  Set<String> recordedNames() {
    return recorded;
  }

  /** Whether a query, with Grafana's variables for everything, has a number; it must be valid. */
  boolean hasData(String query) {
    String plain =
        query
            .replace("$__rate_interval", "30s")
            .replace("$namespace", ".+")
            .replace("$model", ".+")
            .replace("$version", ".+");
    for (JsonNode series : query(plain)) {
      if (!"NaN".equals(series.at("/value/1").asText("NaN"))) {
        return true;
      }
    }
    return false;
  }

  JsonNode query(String query) {
    JsonNode answer =
        read(get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)));
    assertThat(answer.path("status").asText()).as("%s: %s", query, answer).isEqualTo("success");
    return answer.at("/data/result");
  }

  /** Rules that Prometheus could not evaluate, and why. */
  List<String> brokenRules() {
    List<String> broken = new ArrayList<>();
    for (JsonNode group : read(get("/api/v1/rules")).at("/data/groups")) {
      for (JsonNode rule : group.get("rules")) {
        if (!"ok".equals(rule.path("health").asText())) {
          broken.add(rule.get("name").asText() + ": " + rule.path("lastError").asText());
        }
      }
    }
    return broken;
  }

  List<String> firing() {
    List<String> firing = new ArrayList<>();
    for (JsonNode alert : read(get("/api/v1/alerts")).at("/data/alerts")) {
      if ("firing".equals(alert.get("state").asText())) {
        firing.add(alert.toString());
      }
    }
    return firing;
  }

  private String get(String path) {
    try {
      return http.send(
              HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(20)).build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
