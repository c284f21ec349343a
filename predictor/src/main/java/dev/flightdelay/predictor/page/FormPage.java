package dev.flightdelay.predictor.page;

import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page with a field per feature, and the answer or the reason why there is none. */
final class FormPage {

  /** What curl examples call where the page's own address is not known, that is without script. */
  private static final String ORIGIN = "http://localhost:8080";

  private static final int MAX_CLASSES_NAMED = 6;

  private final ServedModel model;
  private final Template template = Template.read("page.html", Html::escape);
  private final List<Field> fields;
  private final Map<String, Object> constant;

  FormPage(ServedModel model) {
    this.model = model;
    this.fields = Field.of(model.signature());
    this.constant = constant(model);
  }

  /** The page before anything was entered. */
  String form() {
    Map<String, Object> values = new HashMap<>(constant);
    values.put("hint", List.of(Map.of()));
    return page(values, name -> "", "");
  }

  String answered(Map<String, String> entered, Rows rows, Scores scores) {
    Map<String, Object> values = new HashMap<>(constant);
    values.put("answer", List.of(new AnswerSection(model, rows, scores).values()));
    return page(values, shown(entered, rows), "");
  }

  String refused(Map<String, String> entered, String message) {
    Optional<Field> culprit = named(message);
    Map<String, Object> problem = new HashMap<>();
    problem.put("message", message);
    problem.put("kept", entered.isEmpty() ? List.of() : List.of(Map.of()));
    culprit.ifPresent(
        field -> problem.put("field", List.of(Map.of("id", field.id(), "name", field.name()))));
    Map<String, Object> values = new HashMap<>(constant);
    values.put("problem", List.of(problem));
    return page(values, name -> entered.getOrDefault(name, ""), culprit.map(Field::id).orElse(""));
  }

  private String page(
      Map<String, Object> values, Function<String, String> entered, String culprit) {
    List<Map<String, Object>> choices = new ArrayList<>();
    List<Map<String, Object>> numbers = new ArrayList<>();
    for (Field field : fields) {
      switch (field) {
        case Field.Choice choice -> choices.add(choice(choice, entered, culprit));
        case Field.Number number -> numbers.add(number(number, entered, culprit));
      }
    }
    if (!choices.isEmpty()) {
      values.put("choices", List.of(Map.of("choice", choices)));
    }
    if (!numbers.isEmpty()) {
      values.put("numbers", List.of(Map.of("number", numbers)));
    }
    return template.fill(values);
  }

  private Map<String, Object> choice(
      Field.Choice choice, Function<String, String> entered, String culprit) {
    String chosen = entered.apply(choice.name());
    List<Map<String, Object>> options = new ArrayList<>();
    for (String category : choice.categories()) {
      options.add(
          Map.of("category", category, "selected", category.equals(chosen) ? " selected" : ""));
    }
    List<Map<String, Object>> columns = new ArrayList<>();
    boolean open = false;
    for (Field.Number column : choice.columns()) {
      Map<String, Object> values = number(column, entered, culprit);
      open |= !values.get("value").toString().isEmpty() || column.id().equals(culprit);
      columns.add(values);
    }
    Map<String, Object> values = new HashMap<>();
    values.put("id", choice.id());
    values.put("name", choice.name());
    values.put("option", options);
    values.put("column", columns);
    values.put("open", open ? " open" : "");
    values.put("mark", mark(choice, culprit));
    return values;
  }

  private Map<String, Object> number(
      Field.Number number, Function<String, String> entered, String culprit) {
    return Map.of(
        "id", number.id(),
        "name", number.name(),
        "value", entered.apply(number.name()),
        "mode", model.signature().features().takesText(number.column()) ? "text" : "decimal",
        "code",
            model.signature().features().takesCode(number.column())
                ? " (code of its category)"
                : "",
        "mark", mark(number, culprit));
  }

  private static String mark(Field field, String culprit) {
    return field.id().equals(culprit) ? " aria-invalid=\"true\" aria-describedby=\"problem\"" : "";
  }

  /**
   * What the fields show after an answer: what was entered, or where that came in other fields than
   * the page's (an older client's, or fewer than there are columns), the row it became.
   */
  private Function<String, String> shown(Map<String, String> entered, Rows rows) {
    boolean ours = fields.stream().allMatch(field -> entered.containsKey(field.name()));
    if (ours) {
      return name -> entered.getOrDefault(name, "");
    }
    Map<String, String> shown = new HashMap<>();
    for (Field field : fields) {
      switch (field) {
        case Field.Number number -> shown.put(number.name(), shown(rows, number.column()));
        case Field.Choice choice -> {
          String category = category(choice, rows);
          if (category != null) {
            shown.put(choice.name(), category);
          } else {
            for (Field.Number column : choice.columns()) {
              shown.put(column.name(), shown(rows, column.column()));
            }
          }
        }
      }
    }
    return name -> shown.getOrDefault(name, "");
  }

  private static String shown(Rows rows, int column) {
    String text = rows.text(0, column);
    double value = rows.get(0, column);
    if (text != null) {
      return text;
    }
    return Double.isNaN(value) ? "" : Json.number(value);
  }

  /** The one category whose column is 1; empty if all are 0, null if it is neither. */
  private static String category(Field.Choice choice, Rows rows) {
    String category = "";
    for (int i = 0; i < choice.columns().size(); i++) {
      double value = rows.get(0, choice.columns().get(i).column());
      if (value == 1 && category.isEmpty()) {
        category = choice.categories().get(i);
      } else if (value != 0) {
        return null;
      }
    }
    return category;
  }

  /**
   * The field that a message speaks of: the first name that stands in it as a word of its own, and
   * of several that begin there the longest. What follows a semicolon only says what there is.
   */
  private Optional<Field> named(String message) {
    int end = message.indexOf("; ");
    String finding = end < 0 ? message : message.substring(0, end);
    return fields.stream()
        .flatMap(
            field ->
                field instanceof Field.Choice choice
                    ? Stream.concat(Stream.of(field), choice.columns().stream())
                    : Stream.of(field))
        .filter(field -> position(field.name(), finding) >= 0)
        .min(
            Comparator.<Field>comparingInt(field -> position(field.name(), finding))
                .thenComparingInt(field -> -field.name().length()));
  }

  /** Where a name stands in a message, or -1. */
  private static int position(String name, String message) {
    int quoted = message.indexOf("'" + name + "'");
    // A name of a letter or two may be any word: only in quotes is it surely the name.
    if (quoted >= 0 || name.length() < 3) {
      return quoted < 0 ? -1 : quoted + 1;
    }
    for (int at = message.indexOf(name); at >= 0; at = message.indexOf(name, at + 1)) {
      int end = at + name.length();
      if ((at == 0 || !isPartOfWord(message.charAt(at - 1)))
          && (end == message.length() || !isPartOfWord(message.charAt(end)))) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isPartOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static Map<String, Object> constant(ServedModel model) {
    Signature signature = model.signature();
    Example example = new Example(model);
    Map<String, Object> constant = new HashMap<>();
    constant.put("model", model.name());
    constant.put("version", model.version());
    constant.put("estimator", signature.estimator());
    constant.put(
        "library", signature.library() + signature.libraryVersion().map(v -> " " + v).orElse(""));
    constant.put("sha256", model.sha256());
    constant.put("sha256Start", model.sha256().substring(0, Math.min(12, model.sha256().length())));
    constant.put("features", signature.features().count());
    constant.put("gives", gives(signature));
    // What a random example is made of: one-hot columns without names, or measures.
    constant.put("kind", signature.labels().isPresent() ? "flags" : "measures");
    constant.put(
        "missing",
        signature.acceptsMissing() || signature.features().absent() != null
            ? " placeholder=\"missing\""
            : " required");
    constant.put("origin", ORIGIN);
    String infer =
        Example.path("v2", model) + "/versions/" + Example.segment(model.version()) + "/infer";
    constant.put("curlInfer", Example.curl(ORIGIN, infer, example.inference()));
    String predict = Example.path("v1", model) + ":predict";
    String instances = "{\"instances\":[" + example.instance() + "]}";
    constant.put("curlInstances", Example.curl(ORIGIN, predict, instances));
    constant.put(
        "probable",
        signature.hasProbabilities()
            ? List.of(
                Map.of(
                    "curlProbabilities",
                    Example.curl(ORIGIN, predict + "?outputs=predict_proba", instances)))
            : List.of());
    return constant;
  }

  private static String gives(Signature signature) {
    if (signature.labels().isEmpty()) {
      return signature.outputs() == 1 ? "a value" : signature.outputs() + " values";
    }
    Labels labels = signature.labels().get();
    return labels.size() > MAX_CLASSES_NAMED
        ? labels.size() + " classes"
        : "class "
            + labels.values().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
