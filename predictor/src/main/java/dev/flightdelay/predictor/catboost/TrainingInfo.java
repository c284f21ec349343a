package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.MalformedJsonException;
import dev.flightdelay.predictor.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What CatBoost keeps about a training, as JSON beside the trees. */
final class TrainingInfo {

  private static final Pattern TAG = Pattern.compile("tags/v([0-9]{1,4}(?:\\.[0-9]{1,4}){1,3})\\b");
  private static final int MAX_CLASSES = 100_000;
  private static final String THRESHOLD = "binclass_probability_threshold";

  /**
   * A classifier's classes.
   *
   * @param dimensions for each raw score the position of its class; classes without one were told
   *     to CatBoost and not in the data
   */
  record Classes(Labels labels, int[] dimensions) {

    /** Whether each class has the raw score at its own position. */
    boolean areDimensions() {
      for (int i = 0; i < dimensions.length; i++) {
        if (dimensions[i] != i) {
          return false;
        }
      }
      return labels.size() == dimensions.length;
    }
  }

  private final Map<String, String> info;

  TrainingInfo(Map<String, String> info) {
    this.info = info;
  }

  /** CatBoost's version that wrote it; empty if it does not say. */
  Optional<String> version() {
    Matcher tag = TAG.matcher(info.getOrDefault("catboost_version_info", ""));
    return tag.find() ? Optional.of(tag.group(1)) : Optional.empty();
  }

  /** The loss that was trained with, such as {@code Logloss}. */
  String loss() {
    return read("params", TrainingInfo::loss);
  }

  private static String loss(JsonReader json) {
    String loss = "";
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (!name.equals("loss_function")) {
        json.skip();
        continue;
      }
      json.beginObject();
      for (String part = json.nextName(); part != null; part = json.nextName()) {
        if (part.equals("type")) {
          loss = json.string();
        } else {
          json.skip();
        }
      }
    }
    json.end();
    return loss;
  }

  /**
   * Above which raw score the second of two classes is answered: that of the probability that was
   * set ({@code set_probability_threshold}), or 0.
   */
  double threshold() {
    String text = info.get(THRESHOLD);
    if (text == null) {
      return 0;
    }
    if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?")
        || Double.parseDouble(text) > 1) {
      throw UnreadableModelException.invalid("its %s is no probability".formatted(THRESHOLD));
    }
    return -Math.log(1 / Double.parseDouble(text) - 1);
  }

  /**
   * A classifier's classes.
   *
   * @param dimensions how many raw scores the model has: one for two classes
   * @throws UnreadableModelException if there is not a class for each score, if two are the same,
   *     or if they are of a kind of their own
   */
  Classes classes(int dimensions) {
    ClassParameters parameters = read("class_params", TrainingInfo::classParameters);
    int scores = Math.max(2, dimensions);
    int[] positions = positions(parameters.order(), scores);
    List<Object> names = parameters.names();
    int most = Arrays.stream(positions).max().orElse(0) + 1;
    Labels labels =
        names.isEmpty()
            ? new Labels(
                Labels.Kind.INTEGER,
                LongStream.range(0, Math.max(most, parameters.count())).boxed().toList())
            : labels(parameters.type(), names);
    if (labels.size() < most || new HashSet<>(labels.values()).size() != labels.size()) {
      throw UnreadableModelException.invalid("its class_params have not a label for each class");
    }
    return new Classes(labels, positions);
  }

  private static int[] positions(List<Double> order, int scores) {
    if (order.isEmpty()) {
      return IntStream.range(0, scores).toArray();
    }
    int[] positions = new int[order.size()];
    for (int i = 0; i < positions.length; i++) {
      double position = order.get(i);
      if (position != Math.rint(position) || position < 0 || position >= MAX_CLASSES) {
        throw UnreadableModelException.unsupported(
            "its class_to_label are not its classes' positions");
      }
      positions[i] = (int) position;
    }
    if (positions.length != scores || Arrays.stream(positions).distinct().count() != scores) {
      throw UnreadableModelException.invalid(
          "its class_params are for %d classes, and its trees for %d"
              .formatted(positions.length, scores));
    }
    return positions;
  }

  private static Labels labels(String type, List<Object> names) {
    return switch (type) {
      case "Integer" -> new Labels(Labels.Kind.INTEGER, integers(names));
      case "Float" -> new Labels(Labels.Kind.REAL, all(names, Double.class));
      case "Boolean" -> new Labels(Labels.Kind.BOOLEAN, all(names, Boolean.class));
      case "String" -> new Labels(Labels.Kind.TEXT, all(names, String.class));
      default ->
          throw UnreadableModelException.unsupported(
              "its labels are neither integers, numbers, booleans nor texts");
    };
  }

  private static List<?> integers(List<Object> names) {
    List<Long> integers = new ArrayList<>();
    for (Object name : all(names, Double.class)) {
      double number = (Double) name;
      if (number != Math.rint(number) || Math.abs(number) > 0x1p53) {
        throw UnreadableModelException.invalid("an integer label is no integer");
      }
      integers.add((long) number);
    }
    return integers;
  }

  private static List<?> all(List<Object> names, Class<?> type) {
    if (!names.stream().allMatch(type::isInstance)) {
      throw UnreadableModelException.invalid("its labels are not all of their type");
    }
    return names;
  }

  /**
   * @param names empty where CatBoost made the classes, as of probabilities
   * @param order for each raw score the position of its class
   * @param count {@code classes_count}: 0 where it was not told
   */
  private record ClassParameters(List<Object> names, List<Double> order, String type, int count) {}

  private static ClassParameters classParameters(JsonReader json) {
    List<Object> names = new ArrayList<>();
    List<Double> order = new ArrayList<>();
    String type = "";
    double count = 0;
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "class_names" -> {
          json.beginArray();
          while (json.nextElement()) {
            names.add(label(json));
          }
        }
        case "class_to_label" -> {
          json.beginArray();
          while (json.nextElement()) {
            order.add(json.number());
          }
        }
        case "class_label_type" -> type = json.string();
        case "classes_count" -> count = json.number();
        default -> json.skip();
      }
    }
    json.end();
    return new ClassParameters(names, order, type, (int) Math.clamp(count, 0, MAX_CLASSES));
  }

  private static Object label(JsonReader json) {
    return switch (json.peek()) {
      case STRING -> json.string();
      case TRUE, FALSE -> json.bool();
      case NUMBER, OBJECT, ARRAY, NULL, OTHER -> json.number();
    };
  }

  private <T> T read(String name, Function<JsonReader, T> read) {
    String text = info.get(name);
    if (text == null) {
      throw UnreadableModelException.unsupported(
          "there is no %s in it, as in CatBoost 1.x there is; save it with that".formatted(name));
    }
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    try {
      return read.apply(new JsonReader(json, 0, json.length));
    } catch (MalformedJsonException wrong) {
      throw UnreadableModelException.invalid(
          "its %s are not the JSON that CatBoost writes".formatted(name));
    }
  }
}
