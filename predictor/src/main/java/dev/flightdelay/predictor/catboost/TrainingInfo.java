package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.MalformedJsonException;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/** What CatBoost keeps about a training, as JSON beside the trees. */
final class TrainingInfo {

  private final Attributes attributes;
  private final ModelBlob model;

  TrainingInfo(Attributes attributes, ModelBlob model) {
    this.attributes = attributes;
    this.model = model;
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
   * A classifier's labels, in the order of the dimensions.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if there are fewer than two, if
   *     two are the same, or if they are of a kind of their own
   */
  Labels labels() {
    if (model.info().containsKey("binclass_probability_threshold")) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "a threshold of its own decides between its two classes");
    }
    Classes classes = read("class_params", TrainingInfo::classes);
    for (int i = 0; i < classes.order().size(); i++) {
      if (classes.order().get(i) != i) {
        throw attributes.invalid(
            Reason.UNSUPPORTED, "its classes are not in the order of their labels");
      }
    }
    List<Object> names = classes.names();
    if (names.size() < 2
        || new HashSet<>(names).size() != names.size()
        || classes.order().size() != names.size()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "its class_params have not a label for each class");
    }
    return switch (classes.type()) {
      case "Integer" -> new Labels(Labels.Kind.INTEGER, integers(names));
      case "Float" -> new Labels(Labels.Kind.REAL, all(names, Double.class));
      case "Boolean" -> new Labels(Labels.Kind.BOOLEAN, all(names, Boolean.class));
      case "String" -> new Labels(Labels.Kind.TEXT, all(names, String.class));
      default ->
          throw attributes.invalid(
              Reason.UNSUPPORTED, "its labels are neither integers, numbers, booleans nor texts");
    };
  }

  private List<?> integers(List<Object> names) {
    List<Long> integers = new ArrayList<>();
    for (Object name : all(names, Double.class)) {
      double number = (Double) name;
      if (number != Math.rint(number) || Math.abs(number) > 0x1p53) {
        throw attributes.invalid(Reason.MODEL_INVALID, "an integer label is no integer");
      }
      integers.add((long) number);
    }
    return integers;
  }

  private List<?> all(List<Object> names, Class<?> type) {
    if (!names.stream().allMatch(type::isInstance)) {
      throw attributes.invalid(Reason.MODEL_INVALID, "its labels are not all of their type");
    }
    return names;
  }

  private record Classes(List<Object> names, List<Double> order, String type) {}

  private static Classes classes(JsonReader json) {
    List<Object> names = new ArrayList<>();
    List<Double> order = new ArrayList<>();
    String type = "";
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
        default -> json.skip();
      }
    }
    json.end();
    return new Classes(names, order, type);
  }

  private static Object label(JsonReader json) {
    return switch (json.peek()) {
      case STRING -> json.string();
      case TRUE, FALSE -> json.bool();
      case NUMBER, OBJECT, ARRAY, NULL, OTHER -> json.number();
    };
  }

  private <T> T read(String name, Function<JsonReader, T> read) {
    String text = model.info().get(name);
    if (text == null) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "there is no %s in it, as in CatBoost 1.x there is".formatted(name));
    }
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    try {
      return read.apply(new JsonReader(json, 0, json.length));
    } catch (MalformedJsonException wrong) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "its %s are not the JSON that CatBoost writes".formatted(name));
    }
  }
}
