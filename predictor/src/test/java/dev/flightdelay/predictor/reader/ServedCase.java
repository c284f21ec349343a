package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.command.Score;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model file, rows as a client sends them, and what is to come of it: the library's answer, a
 * refusal of the rows, or of the file.
 *
 * @param about rows, and one of expected, error (a part of the sentence), refused (the reason;
 *     message is a part of the sentence); optional entry and tolerance
 */
public record ServedCase(Path file, JsonNode about) {

  private static final JsonMapper JSON = new JsonMapper();

  private static final double FLOAT64 = 1e-9;

  /** Asks by {@code score} and over HTTP. */
  public void assertHolds() throws IOException {
    if (about.has("refused")) {
      assertFileIsRefused();
      return;
    }
    Model model = ModelReader.read(Files.readAllBytes(file), entry()).model();
    if (about.has("error")) {
      assertRowsAreRefused(model, about.get("error").asString());
    } else {
      Answers.assertSame(scored(), about.get("expected"), tolerance());
      assertServed(model);
    }
  }

  private void assertFileIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file);

    var refusal =
        catchThrowableOfType(ModelRefusedException.class, () -> ModelReader.read(bytes, entry()));

    assertThat(refusal).as("the refusal").isNotNull();
    assertThat(refusal.reason().name()).isEqualTo(about.get("refused").asString());
    assertThat(refusal).hasMessageContaining(about.path("message").asString(""));
  }

  private void assertRowsAreRefused(Model model, String part) {
    assertThatThrownBy(this::scored)
        .isInstanceOf(UnusableRowsException.class)
        .hasMessageContaining(part);
    try (RunningServer server = RunningServer.serving(model)) {
      HttpResponse<String> answer = predict(server);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(JSON.readTree(answer.body()).get("error").asString()).contains(part);
    }
  }

  private void assertServed(Model model) {
    String output = model.signature().method().output();
    JsonNode expected = about.get("expected");
    try (RunningServer server = RunningServer.serving(model)) {
      HttpResponse<String> answer = predict(server);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      if (expected.has(output)) {
        JsonNode given = JSON.readTree(answer.body()).get("predictions");
        Answers.assertSame("predictions", given, expected.get(output), tolerance());
      }
    }
  }

  private JsonNode scored() {
    List<String> arguments = new ArrayList<>();
    if (!entry().isEmpty()) {
      arguments.addAll(List.of("--entry", entry()));
    }
    arguments.add(file.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] rows = about.get("rows").toString().getBytes(StandardCharsets.UTF_8);

    Score.run(
        arguments,
        Long.MAX_VALUE,
        RowBudget.DEFAULT_MAX_COST,
        new ByteArrayInputStream(rows),
        out,
        System.err);

    return JSON.readTree(out.toByteArray());
  }

  private HttpResponse<String> predict(RunningServer server) {
    ObjectNode request = JSON.createObjectNode();
    request.set("instances", about.get("rows"));
    return server.post("/v1/models/flights:predict", RunningServer.JSON, request.toString());
  }

  private String entry() {
    return about.path("entry").asString("");
  }

  private double tolerance() {
    return about.path("tolerance").asDouble(FLOAT64);
  }
}
