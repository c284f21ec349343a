package dev.flightdelay.predictor.page;

import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.oip.ModelTensors;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.OneHotGroup;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.model.Signature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A row that this model takes, written as each call wants it: the first category of each group and
 * zeros.
 */
final class Example {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,8}");

  private final ServedModel model;
  private final List<Field> fields;
  private final ModelTensors tensors;
  private final Rows row;

  Example(ServedModel model) {
    this.model = model;
    Features features = model.signature().features();
    this.fields = Field.of(model.signature());
    this.tensors = new ModelTensors(DialectSettings.of(model, 1));
    this.row = features.sample();
    for (OneHotGroup group : features.groups().values()) {
      row.values()[group.columns().getFirst()] = 1;
    }
  }

  /** {@code [0,1,0]}. */
  String array() {
    return IntStream.range(0, row.width())
        .mapToObj(this::value)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** {@code {"OPERA":"Grupo LATAM","MES":7}} where the features have names, or else an array. */
  String instance() {
    Signature signature = model.signature();
    if (!signature.features().hasNames()) {
      return array();
    }
    return fields.stream()
        .map(field -> Json.string(field.name()) + ":" + value(field))
        .collect(Collectors.joining(",", "{", "}"));
  }

  Rows rows() {
    return row;
  }

  /** What the model gives for the row. */
  Scores scores() {
    return model.model().score(rows(), true, true);
  }

  /** The row's prediction in JSON: a value, or an array of the model's outputs. */
  String prediction() {
    List<String> predictions = predictions();
    return model.signature().answersArrays()
        ? predictions.stream().collect(Collectors.joining(",", "[", "]"))
        : predictions.getFirst();
  }

  /** The row's predictions in JSON, one for each of the model's outputs. */
  List<String> predictions() {
    Scores scores = scores();
    return model
        .signature()
        .labels()
        .map(
            labels ->
                IntStream.of(scores.labels())
                    .mapToObj(label -> new String(labels.json(label), StandardCharsets.UTF_8))
                    .toList())
        .orElseGet(
            () ->
                DoubleStream.of(scores.values())
                    .mapToObj(value -> Double.isNaN(value) ? "null" : Double.toString(value))
                    .toList());
  }

  /** The body of an {@code infer} call. */
  String inference() {
    return new String(tensors.request(row), StandardCharsets.UTF_8);
  }

  /** What the Open Inference Protocol says of the model. */
  ModelTensors tensors() {
    return tensors;
  }

  /** The value of a category in JSON: a number where it is written like one. */
  static String category(String category) {
    return WHOLE_NUMBER.matcher(category).matches() ? category : Json.string(category);
  }

  /** The path of a model's calls in a protocol, such as {@code /v2/models/flights}. */
  static String path(String protocol, ServedModel model) {
    return "/" + protocol + "/models/" + segment(model.name());
  }

  /** A name as one segment of a path. */
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A command that sends a body, for any POSIX shell. */
  static String curl(String origin, String path, String body) {
    return "curl '"
        + origin
        + path
        + "' \\\n  -H 'Content-Type: application/json' \\\n  -d '"
        + body.replace("'", "'\\''")
        + "'";
  }

  /** The value of a column in JSON. */
  String value(int column) {
    String text = row.text(0, column);
    return text == null ? Json.number(row.get(0, column)) : Json.string(text);
  }

  private String value(Field field) {
    return switch (field) {
      case Field.Number number -> value(number.column());
      case Field.Choice choice -> category(choice.categories().getFirst());
    };
  }
}
