package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object in a booster's state, and where it stands: XGBoost's JSON document, whose values come
 * from JSON or UBJSON.
 */
record Node(String path, Map<String, Object> members) {

  boolean has(String name) {
    return members.get(name) != null;
  }

  /** A member that is an object. */
  Node object(String name) {
    return optionalObject(name).orElseThrow(() -> invalid(name, "an object"));
  }

  Optional<Node> optionalObject(String name) {
    return switch (members.get(name)) {
      case null -> Optional.empty();
      case Map<?, ?> map -> Optional.of(node(path + "." + name, map));
      default -> throw invalid(name, "an object");
    };
  }

  /** A member that is an array of objects. */
  List<Node> objects(String name) {
    if (!(members.get(name) instanceof List<?> list)) {
      throw invalid(name, "an array of objects");
    }
    List<Node> nodes = new ArrayList<>(list.size());
    for (Object item : list) {
      if (!(item instanceof Map<?, ?> map)) {
        throw invalid(name, "an array of objects");
      }
      nodes.add(node(path + "." + name, map));
    }
    return nodes;
  }

  private static Node node(String path, Map<?, ?> map) {
    @SuppressWarnings("unchecked") // both readers make all keys texts
    Map<String, Object> members = (Map<String, Object>) map;
    return new Node(path, members);
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> invalid(name, "a text"));
  }

  Optional<String> optionalText(String name) {
    return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A member that is an array of texts; empty where it is missing. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    if (members.get(name) instanceof List<?> list) {
      for (Object item : list) {
        if (!(item instanceof String text)) {
          throw invalid(name, "an array of texts");
        }
        texts.add(text);
      }
    }
    return texts;
  }

  /** A parameter: an integer, which XGBoost writes as a text. */
  int parameter(String name) {
    return optionalParameter(name).orElseThrow(() -> invalid(name, "an integer"));
  }

  Optional<Integer> optionalParameter(String name) {
    return switch (members.get(name)) {
      case null -> Optional.empty();
      case Long number when number == (int) (long) number -> Optional.of((int) (long) number);
      case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p31 ->
          Optional.of((int) (double) number);
      case String text when text.matches("-?[0-9]{1,9}") -> Optional.of(Integer.parseInt(text));
      default -> throw invalid(name, "an integer");
    };
  }

  /** A member that is an array of integers of 32 bits. */
  int[] ints(String name) {
    return switch (members.get(name)) {
      case int[] numbers -> numbers;
      case byte[] numbers -> {
        int[] ints = new int[numbers.length];
        for (int i = 0; i < ints.length; i++) {
          ints[i] = numbers[i] & 0xff;
        }
        yield ints;
      }
      case long[] numbers -> {
        int[] ints = new int[numbers.length];
        for (int i = 0; i < ints.length; i++) {
          ints[i] = (int) numbers[i];
          if (ints[i] != numbers[i]) {
            throw invalid(name, "an array of integers");
          }
        }
        yield ints;
      }
      case double[] numbers -> {
        int[] ints = new int[numbers.length];
        for (int i = 0; i < ints.length; i++) {
          ints[i] = (int) numbers[i];
          if (ints[i] != numbers[i]) {
            throw invalid(name, "an array of integers");
          }
        }
        yield ints;
      }
      case List<?> list when list.isEmpty() -> new int[0];
      case null, default -> throw invalid(name, "an array of integers");
    };
  }

  /** A member that is an array of numbers. */
  float[] floats(String name) {
    return switch (members.get(name)) {
      case float[] numbers -> numbers;
      case double[] numbers -> {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) numbers[i];
        }
        yield floats;
      }
      case List<?> list when list.isEmpty() -> new float[0];
      case null, default -> throw invalid(name, "an array of numbers");
    };
  }

  /** A member that is an array of numbers in float64. */
  double[] numbers(String name) {
    return switch (members.get(name)) {
      case double[] numbers -> numbers;
      case float[] numbers -> {
        double[] doubles = new double[numbers.length];
        for (int i = 0; i < doubles.length; i++) {
          doubles[i] = numbers[i];
        }
        yield doubles;
      }
      case long[] numbers -> Arrays.stream(numbers).asDoubleStream().toArray();
      case null, default -> Arrays.stream(ints(name)).asDoubleStream().toArray();
    };
  }

  /** A refusal because a member is not what it is in XGBoost's files. */
  private ModelRefusedException invalid(String name, String what) {
    return new ModelRefusedException(
        Reason.STATE_INVALID,
        "%s.%s in the booster's state is not %s; save the model again".formatted(path, name, what));
  }
}
