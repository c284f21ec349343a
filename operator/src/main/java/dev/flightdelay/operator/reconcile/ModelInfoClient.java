package dev.flightdelay.operator.reconcile;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightdelay.operator.observe.ServedAnswer;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import dev.flightdelay.operator.observe.ServedAnswer.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks one pod for /actuator/info. What it answers is not trusted further than its form. */
final class ModelInfoClient {

  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int MAX_BYTES = 1 << 20;

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record ModelInfo(
      String sha256, String estimator, Integer features, List<String> classes) {}

  private final HttpClient http;
  private final Duration pause;
  private final Duration timeout;
  private final ObjectMapper json = new ObjectMapper();

  ModelInfoClient(HttpClient http) {
    this(http, PAUSE, TIMEOUT);
  }

  /**
   * A client.
   *
   * @param timeout for an answer as a whole
   */
  ModelInfoClient(HttpClient http, Duration pause, Duration timeout) {
    this.http = requireNonNull(http);
    this.pause = requireNonNull(pause);
    this.timeout = requireNonNull(timeout);
  }

  /** The answer; a pod that does not give one is asked {@value #ATTEMPTS} times. */
  ServedAnswer ask(URI address) {
    String why = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        if (attempt > 0) {
          Thread.sleep(pause);
        }
        HttpResponse<String> response = get(address);
        if (response.statusCode() == 200) {
          return served(response.body());
        }
        why = "it answers " + response.statusCode();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return unreachable(address, "the operator is stopping");
      } catch (IOException e) {
        why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      }
    }
    return unreachable(address, why);
  }

  /** A request's own timeout would end with the headers: a pod could send its body for ever. */
  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> exchange =
        http.sendAsync(
            HttpRequest.newBuilder(address).build(),
            BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
    try {
      return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer within %s".formatted(timeout));
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } finally {
      exchange.cancel(true);
    }
  }

  private Served served(String body) throws IOException {
    ModelInfo info = json.readValue(body, ModelInfo.class);
    if (info == null || info.sha256() == null || info.estimator() == null) {
      throw new IOException("the answer has no sha256 and estimator in it");
    }
    return new Served(
        shortened(info.sha256(), 64),
        shortened(info.estimator(), 200),
        info.features() == null ? 0 : info.features(),
        info.classes() == null
            ? List.of()
            : info.classes().stream()
                .limit(100)
                .map(label -> shortened(String.valueOf(label), 100))
                .toList());
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static Unreachable unreachable(URI address, String why) {
    return new Unreachable(
        "the operator cannot read %s of a pod (%s); check that NetworkPolicies let it in"
            .formatted(address.getPath(), shortened(why, 200)));
  }
}
