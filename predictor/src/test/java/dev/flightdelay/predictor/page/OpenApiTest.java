package dev.flightdelay.predictor.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.auth.scheme.SecurityScheme;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.KnownCategories;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.reader.ModelReader;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiTest {

  private static Vertx vertx;

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  static Stream<ServedModel> models() throws IOException {
    Path scaler = Path.of("src/test/resources/parity-estimators/sk19-standard-holes.pkl");
    return Stream.of(
        LinearSample.served("scaler", ModelReader.read(Files.readAllBytes(scaler), "").model()),
        LinearSample.flights(),
        LinearSample.unnamedFlights(),
        LinearSample.delays(),
        LinearSample.airports(
            Features.named(List.of("a \"quoted\" name", "g_x\\y", "g_{{z}}", "back`tick", "n\ne")),
            List.of("\"><script>", "{{model}}", "å")),
        LinearSample.tolerant(Features.named(List.of("age", "MES_1", "MES_2"))));
  }

  @ParameterizedTest
  @MethodSource("models")
  void isValidOpenApi31(ServedModel model) throws Exception {
    JsonObject document = document(model);

    OpenAPIVersion version = OpenAPIVersion.fromContract(document);
    OutputUnit result =
        version
            .getRepository(vertx, "app://predictor/")
            .compose(schemas -> version.validateContract(vertx, schemas, document))
            .await(20, TimeUnit.SECONDS);

    assertThat(version).isEqualTo(OpenAPIVersion.V3_1);
    assertThat(result.getValid()).as(String.valueOf(result.getErrors())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("models")
  void refersOnlyToWhatIsThere(ServedModel model) {
    JsonObject document = document(model);

    assertThat(references(document).toList())
        .hasSizeGreaterThan(100)
        .allSatisfy(
            reference -> {
              String[] steps = reference.split("/");
              assertThat(
                      document
                          .getJsonObject(steps[1])
                          .getJsonObject(steps[2])
                          .getJsonObject(steps[3]))
                  .as(reference)
                  .isNotNull();
            });
  }

  @Test
  void listsEachCallUnderItsOwnIdentifier() {
    List<String> identifiers =
        document(LinearSample.flights()).getJsonObject("paths").stream()
            .map(path -> (JsonObject) path.getValue())
            .flatMap(path -> path.stream().map(operation -> (JsonObject) operation.getValue()))
            .map(operation -> operation.getString("operationId"))
            .toList();

    assertThat(identifiers).hasSize(25).doesNotHaveDuplicates().doesNotContainNull();
  }

  @ParameterizedTest
  @MethodSource("models")
  void hasExamplesThatConformToTheirSchemas(ServedModel model) {
    JsonObject document = document(model);

    List<Example> examples = examples(document).toList();

    assertThat(examples).hasSizeGreaterThan(25);
    for (Example example : examples) {
      OutputUnit result = validator(document, example.schema()).validate(example.value());
      assertThat(result.getValid())
          .as("%s%n%s%n%s", example.schema(), example.value(), result.getErrors())
          .isTrue();
    }
  }

  @Test
  void describesRowsByNameExactly() {
    Validator row = validator(document(LinearSample.flights()), "Row");

    assertThat(valid(row, "{'OPERA':'Air Canada','TIPOVUELO':'I','MES':7}")).isTrue();
    assertThat(valid(row, "{'OPERA':'Air Canada','TIPOVUELO':'I','MES':'7'}")).isTrue();
    assertThat(valid(row, "{'OPERA':'Air Canada','TIPOVUELO_I':0,'TIPOVUELO_N':1,'MES':7}"))
        .isTrue();
    assertThat(valid(row, "{'OPERA':'Air Canada','TIPOVUELO':'I','MES':13}")).isFalse();
    assertThat(valid(row, "{'OPERA':'Air Canada','TIPOVUELO':'I'}")).isFalse();
    String twice = "{'OPERA':'Air Canada','TIPOVUELO':'I','TIPOVUELO_I':1,'TIPOVUELO_N':0,'MES':7}";
    assertThat(valid(row, twice)).isFalse();
    assertThat(valid(row, "{'OPERA':'Air Canada','TIPOVUELO':'I','MES':7,'more':1}")).isFalse();
    assertThat(row.validate(new JsonArray("[1,0]")).getValid()).isFalse();
  }

  @Test
  void takesNullWhereModelTakesMissingValues() {
    ServedModel tolerant = LinearSample.tolerant(Features.unnamed(2));
    ServedModel strict = LinearSample.airports(Features.unnamed(2), List.of("a", "b"));

    assertThat(validator(document(tolerant), "Row").validate(new JsonArray("[1,null]")).getValid())
        .isTrue();
    assertThat(validator(document(strict), "Row").validate(new JsonArray("[1,null]")).getValid())
        .isFalse();
  }

  @Test
  void saysWhichColumnsTakeTheCodesOfCategories() {
    Features features = Features.named(List.of("age", "carrier"));

    assertThat(document(LinearSample.tolerant(features.withCodes(Set.of(1)))).encode())
        .contains("A category is its code, as in training, in these: 'carrier'.");
    assertThat(document(LinearSample.tolerant(features)).encode()).doesNotContain("is its code");
  }

  @Test
  void hasLocksOnlyWhereCallersMustBeKnown() {
    JsonObject open = document(LinearSample.flights());
    JsonObject guarded =
        document(
            LinearSample.flights(),
            new SecurityScheme("apiKey", "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"k\"}"));

    assertThat(open.encode()).doesNotContain("\"security", "\"401\"", "\"403\"");
    assertThat(guarded.getJsonArray("security").encode()).isEqualTo("[{\"apiKey\":[]}]");
    assertThat(guarded.getJsonObject("components").getJsonObject("securitySchemes").fieldNames())
        .containsExactly("apiKey");
    assertThat(operation(guarded, "/livez", "get").getJsonArray("security")).isEmpty();
    assertThat(operation(guarded, "/v2", "get").containsKey("security")).isFalse();
    assertThat(operation(guarded, "/api", "post").getJsonObject("responses").fieldNames())
        .contains("401", "403");
  }

  private static JsonObject operation(JsonObject document, String path, String method) {
    return document.getJsonObject("paths").getJsonObject(path).getJsonObject(method);
  }

  /** As {@code FormDialectTest} sees the server do. */
  @Test
  void describesFormsExactly() {
    JsonObject document = document(LinearSample.flights());
    Validator form = validator(document, "Form");
    String columns = "'TIPOVUELO_I':1,'TIPOVUELO_N':0";

    assertThat(valid(form, "{'OPERA':'Air Canada','TIPOVUELO':'I','MES':'7'}")).isTrue();
    assertThat(valid(form, "{'OPERA':'','TIPOVUELO':'I','TIPOVUELO_I':'','MES':'7'}")).isTrue();
    assertThat(valid(form, "{'OPERA':''," + columns + ",'MES':'7'}")).isTrue();
    assertThat(valid(form, "{'OPERA':'','TIPOVUELO_I':'','TIPOVUELO_N':0,'MES':'7'}")).isFalse();
    assertThat(valid(form, "{'OPERA':'Air Canada','TIPOVUELO':'I'}")).isFalse();
    assertThat(valid(form, "{'OPERA':'Air Canada','TIPOVUELO':'I','MES':'7','x':1}")).isFalse();
    assertThat(valid(validator(document, "NumberedForm"), "{'x0':1}")).isFalse();
    assertThat(valid(validator(document(LinearSample.delays()), "Form"), "{'var1':1}")).isFalse();
  }

  /** An earlier client's form lacks the last of 37 fields. */
  @Test
  void requires36FieldsOf37() {
    JsonObject form =
        document(LinearSample.unnamedFlights())
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("Form");

    assertThat(form.getJsonArray("required")).hasSize(36).doesNotContain("var37");
    assertThat(form.getJsonObject("properties").fieldNames()).hasSize(37).contains("var37");
  }

  @Test
  void listsTheCategoriesThatTheFileHas() {
    Features features =
        Features.named(List.of("carrier", "gate", "month"))
            .withTexts(Set.of(0, 1))
            .withCategories(
                Map.of(
                    0, new KnownCategories(List.of("Sky", "LATAM"), false, true),
                    1, new KnownCategories(List.of("A1"), false, false),
                    2, new KnownCategories(List.of(1.0, 7.0), false, true)));
    Validator row = validator(document(LinearSample.tolerant(features)), "Row");

    assertThat(valid(row, "{'carrier':'Sky','gate':'A1','month':7}")).isTrue();
    assertThat(valid(row, "{'carrier':'LATAM','gate':'B9','month':true}")).isTrue();
    assertThat(valid(row, "{'carrier':'sky','gate':'A1','month':7}")).isFalse();
    assertThat(valid(row, "{'carrier':'Sky','gate':'A1','month':2}")).isFalse();
    assertThat(valid(row, "{'carrier':'Sky','gate':'A1','month':'7'}")).isFalse();
    assertThat(valid(row, "{'carrier':null,'gate':'A1','month':7}")).isFalse();
    assertThat(row.validate(new JsonArray("[\"Sky\",\"A1\",7]")).getValid()).isTrue();
    assertThat(row.validate(new JsonArray("[\"Sky\",\"A1\",2]")).getValid()).isFalse();
  }

  @Test
  void listsClassesAsOnlyPredictions() {
    Validator prediction = validator(document(LinearSample.flights()), "Prediction");

    assertThat(prediction.validate(1).getValid()).isTrue();
    assertThat(prediction.validate(2).getValid()).isFalse();
  }

  /** A value in the document, and the name of the schema that it is to conform to. */
  private record Example(String schema, Object value) {}

  /** The examples of all media types below an object. */
  private static Stream<Example> examples(Object tree) {
    return switch (tree) {
      case JsonObject object -> {
        Stream<Example> below =
            object.stream().map(e -> e.getValue()).flatMap(OpenApiTest::examples);
        yield Stream.concat(own(object), below);
      }
      case JsonArray array -> array.stream().flatMap(OpenApiTest::examples);
      case null, default -> Stream.empty();
    };
  }

  private static Stream<String> references(Object tree) {
    return switch (tree) {
      case JsonObject object ->
          Stream.concat(
              Stream.ofNullable(object.getValue("$ref")).map(String::valueOf),
              object.stream().map(e -> e.getValue()).flatMap(OpenApiTest::references));
      case JsonArray array -> array.stream().flatMap(OpenApiTest::references);
      case null, default -> Stream.empty();
    };
  }

  private static Stream<Example> own(JsonObject object) {
    if (!(object.getValue("schema") instanceof JsonObject schema) || !schema.containsKey("$ref")) {
      return Stream.empty();
    }
    String reference = schema.getString("$ref");
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    Stream<Object> one = Stream.ofNullable(object.getValue("example"));
    Stream<Object> several =
        object.getJsonObject("examples", new JsonObject()).stream()
            .map(example -> ((JsonObject) example.getValue()).getValue("value"));
    return Stream.concat(one, several).map(value -> new Example(name, value));
  }

  /** Checks against one of the document's schemas, which refer to each other. */
  private static Validator validator(JsonObject document, String schema) {
    JsonObject root =
        new JsonObject()
            .put("components", document.getJsonObject("components"))
            .put("$ref", "#/components/schemas/" + schema);
    return Validator.create(
        JsonSchema.of(root),
        new JsonSchemaOptions()
            .setBaseUri("app://predictor/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic));
  }

  private static boolean valid(Validator validator, String json) {
    return validator.validate(new JsonObject(json.replace('\'', '"'))).getValid();
  }

  private static JsonObject document(ServedModel model, SecurityScheme... security) {
    return new JsonObject(new String(new ModelPages(model, List.of(security)).openApi(), UTF_8));
  }
}
