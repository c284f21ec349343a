package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightdelay.predictor.command.Score;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.reader.ModelReader.ReadModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One pickle of each estimator and transformer that is read, answered by {@code score} and by the
 * Open Inference Protocol: both say what the library said.
 *
 * <p>The estimators are those of {@link Estimators}, the pickles every {@link Fixture}; one that
 * has none fails the test by its name.
 */
class EveryEstimatorServedTest {

  /** What no library that installs today writes: their files are made from parts elsewhere. */
  private static final Set<String> WITHOUT_FIXTURE = Set.of();

  private static final JsonMapper JSON = new JsonMapper();

  /** By library and class: {@code sklearn.Ridge}. */
  private static final Map<String, Fixture> FIXTURES = new TreeMap<>();

  @BeforeAll
  static void findAFixtureForEach() throws IOException {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    for (Fixture fixture : Fixture.all()) {
      ReadModel read;
      try {
        read = ModelReader.read(fixture.bytes(), fixture.entry());
      } catch (ModelRefusedException refusedByName) {
        // That it must be is its parity test's to say.
        continue;
      }
      String itself = read.model().signature().estimator();
      for (GlobalName global : read.globals()) {
        String key = key(global);
        // A file that is that estimator, rather than one that has it somewhere inside.
        int rank = global.name().equals(itself) ? 2 : 1;
        if (rank >= ranks.getOrDefault(key, 0)) {
          ranks.put(key, rank);
          FIXTURES.put(key, fixture);
        }
      }
    }
  }

  private static String key(GlobalName type) {
    return type.module().replaceFirst("\\..*", "") + "." + type.name();
  }

  /** The classes of all families, each once. */
  private static Set<String> estimators() {
    Set<String> names = new TreeSet<>();
    for (Family family : Estimators.families()) {
      Stream.concat(family.models().keySet().stream(), family.transformers().keySet().stream())
          .map(EveryEstimatorServedTest::key)
          .forEach(names::add);
    }
    return names;
  }

  @Test
  void hasAFixtureForEveryEstimatorThatIsRead() {
    Set<String> without = estimators();
    without.removeAll(FIXTURES.keySet());

    assertThat(without)
        .as("estimators without a pickle in src/test/resources/parity*")
        .isEqualTo(WITHOUT_FIXTURE);
  }

  @TestFactory
  Stream<DynamicTest> answersTheSameByScoreAndByInfer() {
    Map<Fixture, String> chosen = new LinkedHashMap<>();
    for (String name : estimators()) {
      if (FIXTURES.containsKey(name)) {
        chosen.merge(FIXTURES.get(name), name, (one, other) -> one + ", " + other);
      }
    }
    return chosen.entrySet().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getValue() + ": " + one.getKey().pickle(),
                    () -> assertAnswers(one.getKey())));
  }

  private static void assertAnswers(Fixture fixture) {
    Model model = ModelReader.read(fixture.bytes(), fixture.entry()).model();
    JsonNode scored = score(fixture);
    Set<String> compared = new LinkedHashSet<>();
    try (RunningServer server = RunningServer.serving(model)) {
      JsonNode metadata = JSON.readTree(server.get("/v2/models/flights").body());
      Map<String, JsonNode> inferred = infer(fixture, metadata, server);
      for (String output : inferred.keySet()) {
        if (fixture.expected().has(output)) {
          assertSame(output + " by score", scored.get(output), output, model, fixture);
          assertSame(output + " by infer", inferred.get(output), output, model, fixture);
          compared.add(output);
        }
      }
      if (model.signature().outputs() > 1 && fixture.expected().has("predict_proba")) {
        assertProbabilitiesByOutput(fixture, model.signature(), scored, inferred);
        compared.add("predict_proba");
      }
    }
    assertThat(compared).as("outputs of %s", fixture.expected().propertyNames()).isNotEmpty();
  }

  /** As scikit-learn's list of arrays, one for each output. */
  private static void assertProbabilitiesByOutput(
      Fixture fixture, Signature signature, JsonNode scored, Map<String, JsonNode> inferred) {
    JsonNode expected = fixture.expected().get("predict_proba");
    for (int output = 0; output < signature.outputs(); output++) {
      String name = "predict_proba_" + output;
      JsonNode ofOutput = byOutput(expected, signature, output);
      JsonNode byScore = scored.get("predict_proba").get(output);
      Answers.assertSame(name + " by score", byScore, ofOutput, fixture.tolerance());
      List<JsonNode> wanted = new ArrayList<>();
      flatten(ofOutput, wanted);
      for (int i = 0; i < wanted.size(); i++) {
        assertSame(
            name + " by infer", inferred.get(name).get(i), wanted.get(i), fixture.tolerance());
      }
    }
  }

  /** Some fixtures have the outputs of a row side by side. */
  private static JsonNode byOutput(JsonNode expected, Signature signature, int output) {
    if (expected.size() == signature.outputs()) {
      return expected.get(output);
    }
    int from = signature.classes().subList(0, output).stream().mapToInt(Labels::size).sum();
    ArrayNode rows = JSON.createArrayNode();
    for (JsonNode row : expected) {
      ArrayNode own = rows.addArray();
      for (int k = 0; k < signature.classes().get(output).size(); k++) {
        own.add(row.get(from + k));
      }
    }
    return rows;
  }

  private static JsonNode score(Fixture fixture) {
    List<String> arguments =
        fixture.entry().isEmpty()
            ? List.of(fixture.pickle().toString())
            : List.of("--entry", fixture.entry(), fixture.pickle().toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] rows = fixture.matrix().toString().getBytes(StandardCharsets.UTF_8);

    Score.run(
        arguments, Long.MAX_VALUE, Long.MAX_VALUE, new ByteArrayInputStream(rows), out, System.err);

    return JSON.readTree(out.toByteArray());
  }

  /** The data of all outputs that there are, flat. */
  private static Map<String, JsonNode> infer(
      Fixture fixture, JsonNode metadata, RunningServer server) {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode inputs = request.putArray("inputs");
    ArrayNode rows = fixture.matrix();
    int column = 0;
    for (JsonNode input : metadata.get("inputs")) {
      JsonNode shape = input.get("shape");
      int width = shape.size() == 2 ? shape.get(1).asInt() : 1;
      inputs.add(tensor(input, rows, column, width, shape.size() == 2));
      column += width;
    }
    ArrayNode outputs = request.putArray("outputs");
    metadata.get("outputs").forEach(o -> outputs.addObject().set("name", o.get("name")));

    HttpResponse<String> answer =
        server.post("/v2/models/flights/infer", RunningServer.JSON, request.toString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Map<String, JsonNode> data = new LinkedHashMap<>();
    JSON.readTree(answer.body())
        .get("outputs")
        .forEach(output -> data.put(output.get("name").asString(), output.get("data")));
    return data;
  }

  private static ObjectNode tensor(
      JsonNode input, ArrayNode rows, int from, int width, boolean isMatrix) {
    ObjectNode tensor = JSON.createObjectNode();
    tensor.set("name", input.get("name"));
    ArrayNode shape = tensor.putArray("shape").add(rows.size());
    if (isMatrix) {
      shape.add(width);
    }
    ArrayNode data = JSON.createArrayNode();
    for (JsonNode row : rows) {
      for (int k = from; k < from + width; k++) {
        data.add(row.get(k));
      }
    }
    // A column that takes texts takes numbers too, in a tensor of numbers.
    boolean numbers = data.valueStream().anyMatch(JsonNode::isNumber);
    tensor.put("datatype", numbers ? "FP64" : input.get("datatype").asString());
    tensor.set("data", data);
    return tensor;
  }

  private static void assertSame(
      String what, JsonNode answered, String output, Model model, Fixture fixture) {
    Signature signature = model.signature();
    List<JsonNode> wanted = new ArrayList<>();
    for (int row = 0; row < fixture.inputs().size(); row++) {
      JsonNode expected = fixture.expected().get(output);
      flatten(
          output.equals("predict_proba")
              ? ExpectedScores.probabilities(expected, signature.outputs(), row)
              : expected.get(row),
          wanted);
    }
    assertThat(answered).as(what).isNotNull();
    List<JsonNode> given = new ArrayList<>();
    flatten(answered, given);
    assertThat(given).as(what).hasSameSizeAs(wanted);
    for (int i = 0; i < given.size(); i++) {
      assertSame(what + ", value " + i, given.get(i), wanted.get(i), fixture.tolerance());
    }
  }

  private static void assertSame(String what, JsonNode given, JsonNode wanted, double tolerance) {
    if (!wanted.isNumber()) {
      assertThat(given).as(what).isEqualTo(wanted);
    } else if (wanted.isIntegralNumber() && given.isIntegralNumber()) {
      // Labels can be above 2^53.
      assertThat(given.asLong()).as(what).isEqualTo(wanted.asLong());
    } else {
      double number = wanted.asDouble();
      assertThat(given.asDouble())
          .as(what)
          .isCloseTo(number, within(tolerance * Math.max(1, Math.abs(number))));
    }
  }

  private static void flatten(JsonNode node, List<JsonNode> values) {
    if (node.isArray()) {
      node.forEach(item -> flatten(item, values));
    } else {
      values.add(node);
    }
  }
}
