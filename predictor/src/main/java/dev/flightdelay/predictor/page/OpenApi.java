package dev.flightdelay.predictor.page;

import dev.flightdelay.predictor.auth.scheme.SecurityScheme;
import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.InstancesDialect;
import dev.flightdelay.predictor.dialect.legacy.FormDialect;
import dev.flightdelay.predictor.dialect.mlflow.Invocations;
import dev.flightdelay.predictor.dialect.oip.ModelTensors;
import dev.flightdelay.predictor.dialect.oip.OutputTensor;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.model.Signature;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The OpenAPI 3.1 document of one model: {@code openapi.template.json} and the dialects'
 * operations, with the model's features and classes as schemas and with examples that it answers.
 */
final class OpenApi {

  private static final JsonFactory JSON = new JsonFactory();

  /** The path of the page for people, which may also be a dialect's. */
  private static final String PAGE = "/";

  /** What can go wrong with a call: the status, its name in the document, and a sentence. */
  private enum Failure {
    BAD_REQUEST(400, "BadRequest", "The body is not what this call takes."),
    UNAUTHORIZED(401, "Unauthorized", "Callers must be known here; see WWW-Authenticate."),
    FORBIDDEN(403, "Forbidden", "The caller is known, but may not ask."),
    NOT_FOUND(404, "NotFound", "There is no such path, model or version here."),
    METHOD_NOT_ALLOWED(405, "MethodNotAllowed", "The path does not take this method; see Allow."),
    REQUEST_TIMEOUT(408, "RequestTimeout", "The request did not arrive whole in time."),
    CONTENT_TOO_LARGE(
        413, "ContentTooLarge", "The body is larger than 16 MiB, or has more than 10,000 rows."),
    UNSUPPORTED_MEDIA_TYPE(415, "UnsupportedMediaType", "This call takes another Content-Type."),
    TOO_MANY_REQUESTS(
        429, "TooManyRequests", "The caller asks for more than its share; see Retry-After."),
    HEADERS_TOO_LARGE(431, "HeadersTooLarge", "The request's headers are too large."),
    FAILED(500, "Failed", "The prediction failed; the server's log says why."),
    UNAVAILABLE(503, "Unavailable", "The predictor is starting, stopping or full: try again."),
    GATEWAY_TIMEOUT(504, "TookTooLong", "The prediction was begun, but took longer than it may.");

    final int status;
    final String title;
    final String description;

    Failure(int status, String title, String description) {
      this.status = status;
      this.title = title;
      this.description = description;
    }
  }

  /** What everybody may ask for is answered to everybody, as often as it is asked. */
  private static final List<Failure> OPEN =
      List.of(
          Failure.BAD_REQUEST,
          Failure.NOT_FOUND,
          Failure.METHOD_NOT_ALLOWED,
          Failure.REQUEST_TIMEOUT,
          Failure.HEADERS_TOO_LARGE,
          Failure.UNAVAILABLE);

  private static final List<Failure> READING =
      Stream.concat(
              OPEN.stream(),
              Stream.of(Failure.UNAUTHORIZED, Failure.FORBIDDEN, Failure.TOO_MANY_REQUESTS))
          .sorted()
          .toList();

  /** Of callers who must be known. */
  private static final Set<Failure> OF_UNKNOWN = Set.of(Failure.UNAUTHORIZED, Failure.FORBIDDEN);

  private final ServedModel model;
  private final List<Dialect> dialects;
  private final List<SecurityScheme> security;
  private final Signature signature;
  private final Features features;
  private final Example example;
  private final List<Field> fields;
  private final ModelTensors tensors;
  private final CellSchemas cells;

  /**
   * @param dialects whose calls it describes
   * @param security how callers send what they are known by; empty where everybody may call
   */
  OpenApi(ServedModel model, List<Dialect> dialects, List<SecurityScheme> security) {
    this.model = model;
    this.dialects = dialects;
    this.security = security;
    this.signature = model.signature();
    this.features = signature.features();
    this.example = new Example(model);
    this.fields = Field.of(signature);
    this.tensors = example.tensors();
    this.cells = new CellSchemas(signature);
  }

  /** The document as JSON. */
  String document() {
    int count = features.count();
    Map<String, Object> values = new HashMap<>();
    values.put("model", model.name());
    values.put("version", model.version());
    values.put("sha256", model.sha256());
    values.put("estimator", signature.estimator());
    values.put(
        "library", signature.library() + signature.libraryVersion().map(v -> " " + v).orElse(""));
    values.put("count", count);
    values.put("last", count - 1);
    values.put(
        "gives",
        signature.labels().isPresent()
            ? "a class"
            : signature.transforms() ? "a row of %d".formatted(signature.outputs()) : "a number");
    values.put("answer", signature.method().output());
    values.put("verdict", new AnswerSection(model, example.rows(), example.scores()).verdict());
    values.put("named", features.hasNames() ? List.of(Map.of()) : List.of());
    values.put(
        "bytes", features.hasNames() || features.takeTexts() ? List.of(Map.of()) : List.of());
    values.put("probable", signature.hasProbabilities() ? List.of(Map.of()) : List.of());
    values.put("oneMissing", count == 37 ? List.of(Map.of()) : List.of());
    values.put("v1", Example.path("v1", model));
    values.put("names", paths());
    values.put("headers", headers());
    List<Failure> all = List.of(Failure.values());
    values.put("errors", errors(all, ""));
    values.put("formErrors", errors(all, "OnPage"));
    values.put("pageErrors", errors(all, "OnPage"));
    values.put("textErrors", errors(all, "AsText"));
    values.put("mlflowErrors", errors(all, "OfMlflow"));
    values.put("readErrors", errors(READING, ""));
    values.put("openErrors", errors(OPEN, ""));
    values.put(
        "notReadyErrors",
        errors(OPEN.subList(0, OPEN.size() - 1), "")
            + ",\n          \"503\": {\"$ref\": \"#/components/responses/NotReady\"}");
    values.put("reason", reasons());
    addSecurity(values);
    values.put("row", example.array());
    values.put("instance", example.instance());
    values.put("prediction", example.prediction());
    values.put("inferenceRequest", example.inference());
    values.put("inferenceResponse", utf8(tensors.answer(example.scores())));
    values.put("metadata", utf8(tensors.metadata()));
    values.put("server", utf8(ModelTensors.server("1.0.0")));
    values.put("formExample", json(this::formExample));
    values.put("numberedExample", json(this::numberedExample));
    values.put("rowSchema", json(this::rowSchema));
    values.put("cellSchema", members(json(cells::ofArray)));
    values.put("dropped", dropped());
    values.put("objectSchema", json(this::objectSchema));
    values.put("valueSchema", json(cells::plain));
    values.put("predictionSchema", json(this::predictionSchema));
    values.put("formSchema", json(this::formSchema));
    values.put("numberedSchema", json(this::numberedSchema));
    values.put(
        "outputNames",
        json(json -> strings(json, tensors.outputs().stream().map(OutputTensor::name).toList())));
    values.put(
        "instancesOutputs", json(json -> strings(json, InstancesDialect.outputs(signature))));
    values.put("inputTypes", json(json -> strings(json, tensors.datatypes())));
    values.put("outputTypes", json(json -> strings(json, outputTypes())));
    values.put("outputsMeaning", outputsMeaning());
    addOperations(values);
    return Template.read("openapi.template.json", Json::escape).fill(values);
  }

  /** What each dialect says of itself, at each of its paths; at the page's own, beside the page. */
  private void addOperations(Map<String, Object> values) {
    List<Map<String, Object>> operations = new ArrayList<>();
    List<Map<String, Object>> atPage = new ArrayList<>();
    for (Dialect dialect : dialects) {
      String source = dialect.operation();
      if (source.isEmpty()) {
        continue;
      }
      Template template = new Template(dialect.name() + " operation", Json::escape, source);
      for (Dialect.At at : dialect.paths()) {
        Map<String, Object> own = new HashMap<>(values);
        own.put("suffix", at.suffix());
        own.put("where", at.where());
        (at.path().equals(PAGE) ? atPage : operations)
            .add(Map.of("path", at.path(), "operation", template.fill(own)));
      }
    }
    values.put("operations", operations);
    values.put("postAtPage", atPage);
  }

  private void addSecurity(Map<String, Object> values) {
    String schemes =
        security.stream()
            .map(scheme -> "\"%s\": %s".formatted(scheme.name(), scheme.json()))
            .collect(Collectors.joining(",\n      "));
    String any =
        security.stream()
            .map(scheme -> "{\"%s\": []}".formatted(scheme.name()))
            .collect(Collectors.joining(", "));
    // Who has not to say who it is must not be asked to by a lock beside each call.
    values.put(
        "secured",
        security.isEmpty()
            ? List.of()
            : List.of(Map.of("securitySchemeObjects", schemes, "anyScheme", any)));
  }

  private List<Map<String, Object>> paths() {
    String path = Example.path("v2", model);
    return List.of(
        Map.of("v2", path, "suffix", "", "where", ""),
        Map.of(
            "v2",
            path + "/versions/" + Example.segment(model.version()),
            "suffix",
            "OfVersion",
            "where",
            ", of this version"));
  }

  private static String headers() {
    return "{\"x-model-version\": {\"$ref\": \"#/components/headers/ModelVersion\"},"
        + " \"x-model-sha256\": {\"$ref\": \"#/components/headers/ModelSha256\"}}";
  }

  private String errors(List<Failure> failures, String shape) {
    return failures.stream()
        .filter(failure -> !security.isEmpty() || !OF_UNKNOWN.contains(failure))
        .map(
            failure ->
                "\"%d\": {\"$ref\": \"#/components/responses/%s%s\"}"
                    .formatted(failure.status, failure.title, shape))
        .collect(Collectors.joining(",\n          "));
  }

  private List<Map<String, Object>> reasons() {
    List<Map<String, Object>> reasons = new ArrayList<>();
    for (Failure failure : Failure.values()) {
      reasons.add(
          Map.of(
              "name",
              failure.title,
              "description",
              failure.description,
              "mlflowCode",
              Invocations.errorCode(failure.status),
              "example",
              failure == Failure.BAD_REQUEST
                  ? "row 0 has %d values; the model takes %d"
                      .formatted(features.count() - 1, features.count())
                  : failure.description));
    }
    return reasons;
  }

  // What comes in.

  private void rowSchema(JsonGenerator json) {
    json.writeStartObject();
    if (features.isDocument()) {
      json.writeArrayPropertyStart("anyOf");
      reference(json, "RowArray");
      reference(json, "FeatureValue");
      json.writeEndArray();
    } else if (features.hasNames()) {
      json.writeArrayPropertyStart("anyOf");
      reference(json, "RowArray");
      reference(json, "RowObject");
      json.writeEndArray();
    } else {
      json.writeStringProperty("$ref", "#/components/schemas/RowArray");
    }
    json.writeEndObject();
  }

  private String dropped() {
    return features.haveDropped()
        ? " These columns are not looked at, whatever stands there: "
            + droppedColumns().mapToObj(features::describe).collect(Collectors.joining(", "))
            + "."
        : "";
  }

  private IntStream droppedColumns() {
    return IntStream.range(0, features.count()).filter(features::isDropped);
  }

  private void droppedProperties(JsonGenerator json) {
    if (features.hasNames()) {
      droppedColumns()
          .forEach(
              column -> {
                json.writeObjectPropertyStart(features.names().get(column));
                json.writeStringProperty("description", "Not looked at; may be left out.");
                json.writeEndObject();
              });
    }
  }

  /** Every feature by its name; a group as its category, or as all of its columns. */
  private void objectSchema(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty(
        "description",
        features.absent() != null
            ? "A row by feature name: any of the features; others are not looked at."
            : "A row by feature name: all features, where a one-hot group may be its category"
                + " instead of its columns."
                + dropped());
    json.writeStringProperty("type", "object");
    json.writeBooleanProperty("additionalProperties", features.absent() != null);
    json.writeObjectPropertyStart("properties");
    for (Field field : fields) {
      switch (field) {
        case Field.Number number -> cells.property(number, json);
        case Field.Choice choice -> {
          choiceOfObject(choice, json);
          choice.columns().forEach(column -> cells.property(column, json));
        }
      }
    }
    droppedProperties(json);
    json.writeEndObject();
    json.writeName("required");
    strings(json, features.absent() != null ? List.of() : numbers());
    choices("oneOf", this::columnsOfObject, json);
    json.writeEndObject();
  }

  private void choiceOfObject(Field.Choice choice, JsonGenerator json) {
    json.writeObjectPropertyStart(choice.name());
    json.writeStringProperty("description", "Which of the group's columns is 1.");
    AnyOfValues categories = new AnyOfValues();
    for (String category : choice.categories()) {
      categories.text(category);
      if (!Example.category(category).startsWith("\"")) {
        categories.number(category);
      }
    }
    if (signature.acceptsMissing()) {
      categories.missing();
    }
    categories.write(json);
    json.writeEndObject();
  }

  /** Of each group one of two: its category, or all of its columns. */
  private void choices(
      String rule, BiConsumer<JsonGenerator, Field.Choice> either, JsonGenerator json) {
    List<Field.Choice> choices = choices();
    if (choices.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("allOf");
    for (Field.Choice choice : choices) {
      json.writeStartObject();
      json.writeArrayPropertyStart(rule);
      either.accept(json, choice);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** One or the other, and nothing of the other beside it. */
  private void columnsOfObject(JsonGenerator json, Field.Choice choice) {
    json.writeStartObject();
    required(json, List.of(choice.name()));
    json.writeObjectPropertyStart("properties");
    names(choice).forEach(column -> absent(column, json));
    json.writeEndObject();
    json.writeEndObject();
    json.writeStartObject();
    required(json, names(choice));
    json.writeObjectPropertyStart("properties");
    absent(choice.name(), json);
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Not {@code false}, which generators of clients do not know as a schema. */
  private static void absent(String property, JsonGenerator json) {
    json.writeObjectPropertyStart(property);
    json.writeObjectPropertyStart("not");
    json.writeEndObject();
    json.writeEndObject();
  }

  private static List<String> names(Field.Choice choice) {
    return choice.columns().stream().map(Field.Number::name).toList();
  }

  /** The page's fields; where a group is chosen, its columns may be empty, or say otherwise. */
  private void formSchema(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("description", "The fields of the page.");
    json.writeStringProperty("type", "object");
    json.writeBooleanProperty("additionalProperties", false);
    json.writeObjectPropertyStart("properties");
    for (Field field : fields) {
      switch (field) {
        case Field.Number number -> cells.formProperty(number.name(), number.column(), json);
        case Field.Choice choice -> {
          json.writeObjectPropertyStart(choice.name());
          json.writeStringProperty("description", "Empty: none of the group's columns is 1.");
          json.writeStringProperty("type", "string");
          json.writeArrayPropertyStart("enum");
          json.writeString("");
          choice.categories().forEach(json::writeString);
          json.writeEndArray();
          json.writeEndObject();
          for (Field.Number column : choice.columns()) {
            json.writeName(column.name());
            CellSchemas.numberOrEmpty(json);
          }
        }
      }
    }
    droppedProperties(json);
    json.writeEndObject();
    required(json, requiredInForm());
    choices("anyOf", this::columnsInForm, json);
    json.writeEndObject();
  }

  private void columnsInForm(JsonGenerator json, Field.Choice choice) {
    json.writeStartObject();
    required(json, List.of(choice.name()));
    json.writeEndObject();
    json.writeStartObject();
    required(json, names(choice));
    json.writeObjectPropertyStart("properties");
    choice.columns().forEach(column -> cells.formProperty(column.name(), column.column(), json));
    json.writeEndObject();
    json.writeEndObject();
  }

  /** An earlier server's form of 37 columns has 36 fields. */
  private List<String> requiredInForm() {
    List<String> numbers = numbers();
    return features.hasNames() || numbers.size() != FormDialect.WIDTH_OF_DOUBLED
        ? numbers
        : numbers.subList(0, numbers.size() - 1);
  }

  private void numberedSchema(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("type", "object");
    json.writeBooleanProperty("additionalProperties", false);
    json.writeObjectPropertyStart("properties");
    for (int i = 0; i < features.count(); i++) {
      cells.formProperty("x" + i, i, json);
    }
    json.writeEndObject();
    required(json, IntStream.range(0, features.count()).mapToObj(i -> "x" + i).toList());
    json.writeEndObject();
  }

  private static void required(JsonGenerator json, List<String> names) {
    json.writeName("required");
    strings(json, names);
  }

  private List<String> numbers() {
    return fields.stream().filter(Field.Number.class::isInstance).map(Field::name).toList();
  }

  private List<Field.Choice> choices() {
    return fields.stream()
        .filter(Field.Choice.class::isInstance)
        .map(Field.Choice.class::cast)
        .toList();
  }

  private void formExample(JsonGenerator json) {
    json.writeStartObject();
    for (Field field : fields) {
      switch (field) {
        case Field.Number number -> {
          json.writeName(number.name());
          json.writeRawValue(example.value(number.column()));
        }
        case Field.Choice choice ->
            json.writeStringProperty(choice.name(), choice.categories().getFirst());
      }
    }
    json.writeEndObject();
  }

  private void numberedExample(JsonGenerator json) {
    json.writeStartObject();
    for (int i = 0; i < features.count(); i++) {
      json.writeName("x" + i);
      json.writeRawValue(example.value(i));
    }
    json.writeEndObject();
  }

  // What goes out.

  private void predictionSchema(JsonGenerator json) {
    json.writeStartObject();
    if (signature.answersArrays()) {
      json.writeStringProperty("type", "array");
      json.writeNumberProperty("minItems", signature.outputs());
      json.writeNumberProperty("maxItems", signature.outputs());
      if (signature.labels().isEmpty()) {
        json.writeObjectPropertyStart("items");
        numberSchema(json);
        json.writeEndObject();
      } else {
        json.writeArrayPropertyStart("prefixItems");
        for (Labels ofOutput : signature.classes()) {
          json.writeStartObject();
          classSchema(ofOutput, json);
          json.writeEndObject();
        }
        json.writeEndArray();
      }
    } else if (signature.labels().isEmpty()) {
      numberSchema(json);
    } else {
      classSchema(signature.labels().get(), json);
    }
    json.writeEndObject();
  }

  private void numberSchema(JsonGenerator json) {
    if (signature.transforms()) {
      json.writeStringProperty("description", "null: missing.");
      json.writeName("type");
      strings(json, List.of("number", "null"));
    } else {
      json.writeStringProperty("type", "number");
    }
  }

  private static void classSchema(Labels labels, JsonGenerator json) {
    json.writeStringProperty("description", "One of the model's classes.");
    json.writeStringProperty(
        "type",
        switch (labels.kind()) {
          case INTEGER -> "integer";
          case REAL -> "number";
          case BOOLEAN -> "boolean";
          case TEXT -> "string";
        });
    json.writeArrayPropertyStart("enum");
    for (int i = 0; i < labels.size(); i++) {
      json.writeRawValue(new String(labels.json(i), StandardCharsets.UTF_8));
    }
    json.writeEndArray();
  }

  private List<String> outputTypes() {
    return tensors.outputs().stream().map(OutputTensor::datatype).distinct().toList();
  }

  private String outputsMeaning() {
    StringBuilder meaning = new StringBuilder("`" + signature.method().output() + "` gives ");
    meaning.append(
        switch (signature.method()) {
          case PREDICT -> signature.labels().isPresent() ? "the class" : "the value";
          case TRANSFORM -> "the transformed row";
        });
    if (signature.hasProbabilities()) {
      meaning.append(
          signature.outputs() == 1
              ? ", `predict_proba` a probability for each class in the order of the classes"
              : ", `predict_proba_0` a probability for each class of the first output in the order"
                  + " of its classes, and so on");
    }
    if (signature.decisionWidth() > 0) {
      meaning.append(", `decision_function` the score that decides");
    }
    if (signature.transformWidth() > 0) {
      meaning.append(", `transform` the row as the estimator transforms it");
    }
    return meaning.toString();
  }

  private static void reference(JsonGenerator json, String schema) {
    json.writeStartObject();
    json.writeStringProperty("$ref", "#/components/schemas/" + schema);
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, List<String> texts) {
    json.writeStartArray();
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  private static String utf8(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  /** What stands between an object's braces. */
  private static String members(String object) {
    return object.substring(1, object.length() - 1);
  }

  private static String json(Consumer<JsonGenerator> writer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      writer.accept(json);
    }
    return text.toString();
  }
}
