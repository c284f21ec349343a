package dev.flightdelay.operator.exploration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** What pods say that they serve. */
final class Answers {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  /** Asked only of one that is ready. */
  static Optional<JsonNode> of(Pod pod) {
    boolean ready =
        pod.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Ready") && condition.getStatus().equals("True"));
    if (!ready) {
      return Optional.empty();
    }
    URI address = URI.create("http://" + pod.getStatus().getPodIP() + ":9090/actuator/info");
    try {
      String body =
          HTTP.send(
                  HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(),
                  BodyHandlers.ofString())
              .body();
      return Optional.of(JSON.readTree(body));
    } catch (IOException e) {
      // It has ended since it was listed.
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
