package dev.flightdelay.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A prediction to try, as a curl command, with the answer that it really gets. */
final class ExamplePrediction {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final String LOOPBACK = "127.0.0.1";
  private static final int POD_PORT = 8080;

  private final KubernetesClient client;
  private final int port;

  /** Not the JDK's, which lets nobody ask for another host than the one that it connects to. */
  private final HttpClient http;

  ExamplePrediction(Vertx vertx, KubernetesClient client, int port) {
    this.http = vertx.createHttpClient();
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
      Optional<String> document = openApi(pod.getStatus().getPodIP());
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
    // What has no way in from outside has the one of this machine.
    boolean exposed = !"None".equals(model.get("spec", "expose", "type"));
    String named = exposed ? "localhost" : name + ".localhost";
    String path = "/v1/models/%s:predict".formatted(name);
    Optional<String> key = apiKey(model);
    String header =
        (host == null ? "" : " -H 'Host: %s'".formatted(host))
            + key.map(" -H 'x-api-key: %s'"::formatted).orElse("");
    return post(path, body, host == null ? named : host.toString(), key)
        .map(
            text ->
                "  curl%s http://%s:%d%s -d '%s'%n  %s"
                    .formatted(header, named, port, path, body, text));
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

  private Optional<String> openApi(String pod) {
    return send(
        new RequestOptions().setHost(pod).setPort(POD_PORT).setURI("/openapi.json"),
        Buffer.buffer());
  }

  private Optional<String> post(String path, String body, String host, Optional<String> key) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, LOOPBACK))
            .setHost(host)
            .setPort(port)
            .setURI(path);
    key.ifPresent(text -> request.putHeader("x-api-key", text.strip()));
    return send(request, Buffer.buffer(body));
  }

  private Optional<String> send(RequestOptions options, Buffer body) {
    try {
      return http.request(options)
          .compose(request -> request.send(body))
          .compose(
              response ->
                  response
                      .body()
                      .map(
                          text ->
                              response.statusCode() == 200
                                  ? Optional.of(text.toString())
                                  : Optional.<String>empty()))
          .toCompletionStage()
          .toCompletableFuture()
          .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Not there yet, or not any more: asked again at the next look.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
