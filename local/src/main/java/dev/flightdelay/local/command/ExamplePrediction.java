package dev.flightdelay.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** A prediction to try, as a curl command, with the answer that it really gets. */
final class ExamplePrediction {

  static {
    // The client sets Host itself, unless told otherwise before its first use.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private final KubernetesClient client;
  private final int port;

  ExamplePrediction(KubernetesClient client, int port) {
    this.client = client;
    this.port = port;
  }

  /** The command and the answer; empty as long as there is none. */
  Optional<String> of(GenericKubernetesResource model) {
    String name = model.getMetadata().getName();
    return body(name).flatMap(body -> predict(model, name, body));
  }

  /** The example of the model's own API description, which a pod of it has. */
  private Optional<String> body(String name) {
    for (Pod pod :
        client
            .pods()
            .inNamespace(OperatorProcess.NAMESPACE)
            .withLabel("app.kubernetes.io/instance", name)
            .list()
            .getItems()) {
      if (pod.getStatus() == null || pod.getStatus().getPodIP() == null) {
        continue;
      }
      Optional<String> document =
          get(URI.create("http://%s:8080/openapi.json".formatted(pod.getStatus().getPodIP())));
      if (document.isPresent()) {
        return document.flatMap(text -> example(text, name));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> example(String openApi, String name) {
    try {
      JsonNode examples =
          JSON.readTree(openApi)
              .path("paths")
              .path("/v1/models/" + name + ":predict")
              .at("/post/requestBody/content/application~1json/examples");
      return examples.isEmpty()
          ? Optional.empty()
          : Optional.of(examples.elements().next().path("value").toString());
    } catch (JsonProcessingException e) {
      throw new LocalException("the predictor's /openapi.json is not JSON", e);
    }
  }

  private Optional<String> predict(GenericKubernetesResource model, String name, String body) {
    Object host = model.get("spec", "expose", "host");
    if ("None".equals(model.get("spec", "expose", "type"))) {
      return Optional.empty();
    }
    String url = "http://localhost:%d/v1/models/%s:predict".formatted(port, name);
    Optional<String> key = apiKey(model);
    String header =
        (host == null ? "" : " -H 'Host: %s'".formatted(host))
            + key.map(" -H 'x-api-key: %s'"::formatted).orElse("");
    return post(URI.create(url), body, host, key)
        .map(text -> "  curl%s %s -d '%s'%n  %s".formatted(header, url, body, text));
  }

  /** A key of the Secret that says who may call: here it is in the file that was applied. */
  private Optional<String> apiKey(GenericKubernetesResource model) {
    Object name = model.get("spec", "auth", "apiKeySecret");
    if (name == null) {
      return Optional.empty();
    }
    Secret secret =
        client.secrets().inNamespace(OperatorProcess.NAMESPACE).withName(name.toString()).get();
    if (secret == null) {
      return Optional.empty();
    }
    Stream<String> texts =
        secret.getStringData() == null ? Stream.empty() : secret.getStringData().values().stream();
    Stream<String> encoded =
        secret.getData() == null
            ? Stream.empty()
            : secret.getData().values().stream()
                .map(text -> new String(Base64.getMimeDecoder().decode(text), UTF_8));
    return Stream.concat(texts, encoded)
        .flatMap(String::lines)
        .filter(key -> !key.isBlank())
        .findFirst();
  }

  private Optional<String> get(URI uri) {
    return send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build());
  }

  private Optional<String> post(URI uri, String body, Object host, Optional<String> key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (host != null) {
      request.header("Host", host.toString());
    }
    key.ifPresent(text -> request.header("x-api-key", text.strip()));
    return send(request.build());
  }

  private Optional<String> send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
