package dev.flightdelay.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** wrk, which asks one model for one prediction all the time, and compares every answer. */
final class Load implements AutoCloseable {

  /** Longer than any story. */
  private static final String FOREVER = "1800s";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;

  private Load(Process process) {
    this.process = process;
  }

  /**
   * What came of it.
   *
   * @param wrong answers with 200 that are not the right one
   * @param refused answers with another status
   * @param statuses how many of each, and what the first of each says
   * @param broken connections that were refused, reset or timed out
   */
  record Result(
      long requests,
      Duration time,
      long p50Micros,
      long p99Micros,
      long wrong,
      long refused,
      String statuses,
      long broken) {

    double perSecond() {
      return requests * 1e9 / time.toNanos();
    }

    long failed() {
      return wrong + refused + broken;
    }

    @Override
    public String toString() {
      return "%d requests, %.0f/s, p50 %.1f ms, p99 %.1f ms; failed: %d wrong, %d refused %s, %d broken"
          .formatted(
              requests,
              perSecond(),
              p50Micros / 1e3,
              p99Micros / 1e3,
              wrong,
              refused,
              statuses,
              broken);
    }
  }

  /**
   * Starts asking.
   *
   * @param pause how long a connection waits before it asks again, on average
   */
  static Load start(Path root, URI address, Flights flights, int connections, Duration pause) {
    int flight = flights.predictedByBoth(1).getFirst();
    ProcessBuilder wrk =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + FOREVER,
                "--timeout",
                "10s",
                "-s",
                root.resolve("e2e/src/test/wrk/predict.lua").toString(),
                address.toString())
            .redirectErrorStream(true);
    wrk.environment()
        .putAll(
            Map.of(
                "E2E_BODY",
                "{\"instances\":[%s]}".formatted(flights.features().get(flight)),
                "E2E_EXPECTED",
                "{\"predictions\":[1]}",
                "E2E_PAUSE_MS",
                Long.toString(pause.toMillis())));
    try {
      return new Load(wrk.start());
    } catch (IOException e) {
      throw new UncheckedIOException("wrk is not installed: apt-get install wrk", e);
    }
  }

  /** Stops asking, and says what came of it. */
  Result stop() {
    try {
      // wrk prints its summary on an interrupt, which Java cannot send.
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      JsonNode json =
          output
              .lines()
              .filter(line -> line.startsWith("{"))
              .findFirst()
              .map(Load::json)
              .orElseThrow(() -> new IllegalStateException("wrk says: " + output));
      long refused = 0;
      for (JsonNode statuses : json.get("statuses")) {
        for (JsonNode count : statuses) {
          refused += count.asLong();
        }
      }
      return new Result(
          json.get("requests").asLong(),
          Duration.ofNanos(json.get("microseconds").asLong() * 1000),
          json.get("p50").asLong(),
          json.get("p99").asLong(),
          json.get("wrong").asLong(),
          refused,
          refused == 0 ? "" : "%s %s".formatted(json.get("statuses"), json.get("bodies")),
          List.of("connect", "read", "write", "timeout").stream()
              .mapToLong(kind -> json.get(kind).asLong())
              .sum());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
