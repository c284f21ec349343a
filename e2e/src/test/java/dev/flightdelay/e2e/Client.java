package dev.flightdelay.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Somebody outside of the cluster who asks for predictions. */
final class Client {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double TOLERANCE = 1e-9;

  private final Cluster cluster;
  private final Optional<URI> entry;
  private final Flights flights;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Client(Cluster cluster, Optional<URI> entry, Flights flights) {
    this.cluster = cluster;
    this.entry = entry;
    this.flights = flights;
  }

  /**
   * An answer.
   *
   * @param version which version says that it is from
   * @param wrong what is wrong with it; empty where every prediction is what scikit-learn predicts
   *     with the model of the SHA-256 that the answer names
   */
  record Answer(int status, String version, Optional<String> wrong) {

    /** What scikit-learn predicts, from this version. */
    static Answer right(String version) {
      return new Answer(200, version, Optional.empty());
    }

    boolean right() {
      return wrong.isEmpty();
    }
  }

  /** Asks a model for the sample's flights. */
  Answer asks(String model) {
    return ask("/v2/models/" + model + "/infer", model, Map.of());
  }

  /** Asks a version by its own path. */
  Answer asks(String model, String version) {
    return ask("/v2/models/%s/versions/%s/infer".formatted(model, version), model, Map.of());
  }

  /** Asks a version by the header. */
  Answer asksWithHeader(String model, String version) {
    return ask("/v2/models/" + model + "/infer", model, Map.of("x-model-version", version));
  }

  /** Asks so many times, one after the other. */
  List<Answer> asks(String model, int times) {
    return IntStream.range(0, times).mapToObj(_ -> asks(model)).toList();
  }

  /** Where the path is found. */
  URI at(String model, String path) {
    return entry.orElseGet(() -> cluster.url(model)).resolve(path);
  }

  private Answer ask(String path, String model, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(model, path))
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofString(tensors()));
    headers.forEach(request::header);
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      String version = response.headers().firstValue("x-model-version").orElse("");
      String sha256 = response.headers().firstValue("x-model-sha256").orElse("");
      return new Answer(
          response.statusCode(), version, wrong(response.statusCode(), sha256, response.body()));
    } catch (IOException e) {
      return new Answer(0, "", Optional.of(e.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String tensors() {
    List<Double> data = new ArrayList<>();
    flights.features().forEach(data::addAll);
    Map<String, Object> body =
        Map.of(
            "inputs",
            List.of(
                Map.of(
                    "name",
                    "input-0",
                    "datatype",
                    "FP64",
                    "shape",
                    List.of(flights.features().size(), flights.features().getFirst().size()),
                    "data",
                    data)),
            "outputs",
            List.of(Map.of("name", "predict"), Map.of("name", "predict_proba")));
    try {
      return JSON.writeValueAsString(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> wrong(int status, String sha256, String body) {
    if (status != 200) {
      return Optional.of(status + " " + body);
    }
    if (!flights.classes().containsKey(sha256)) {
      return Optional.of("the model %s is none of the sample's".formatted(sha256));
    }
    try {
      JsonNode outputs = JSON.readTree(body).get("outputs");
      for (int flight = 0; flight < flights.features().size(); flight++) {
        double predicted = outputs.get(0).get("data").get(flight).asDouble();
        double probability = outputs.get(1).get("data").get(2 * flight + 1).asDouble();
        double expected = flights.probabilities().get(sha256).get(flight);
        if (predicted != flights.classes().get(sha256).get(flight)
            || Math.abs(probability - expected) > TOLERANCE) {
          return Optional.of(
              "flight %d: class %s with %s, not %s with %s"
                  .formatted(
                      flight,
                      predicted,
                      probability,
                      flights.classes().get(sha256).get(flight),
                      expected));
        }
      }
      return Optional.empty();
    } catch (IOException | NullPointerException e) {
      return Optional.of("%s: %s".formatted(e, body));
    }
  }
}
