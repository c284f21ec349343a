package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pickle.PickleObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the estimator in what a pickle holds: the object itself, or one inside a dictionary, a
 * tuple or a list. A path is keys and positions with dots between them: {@code models.0}.
 */
final class EntryPath {

  private static final int SHOWN = 10;
  private static final int MAX_DEPTH = 8;

  private EntryPath() {}

  /**
   * The estimator at {@code path}, or where the path is empty the only one there is.
   *
   * @throws ModelRefusedException if the path leads nowhere, or if there are none or several
   */
  static PickleObject find(Object root, String path) {
    if (!path.isEmpty()) {
      Object found = follow(root, path);
      if (found instanceof PickleObject object) {
        return object;
      }
      throw new ModelRefusedException(
          Reason.UNSUPPORTED,
          "what stands at the entry '%s' is %s, not an estimator; %s"
              .formatted(path, describe(found), choices(root)));
    }
    if (root instanceof PickleObject object) {
      return object;
    }
    Map<String, PickleObject> estimators = new LinkedHashMap<>();
    collect(root, "", 0, estimators);
    if (estimators.size() == 1) {
      return estimators.values().iterator().next();
    }
    throw new ModelRefusedException(
        Reason.UNSUPPORTED,
        "the file holds %s, not an estimator; %s".formatted(describe(root), choices(root)));
  }

  private static Object follow(Object root, String path) {
    Object at = root;
    for (String step : path.split("\\.", -1)) {
      Map<String, Object> items = items(at);
      if (!items.containsKey(step)) {
        throw new ModelRefusedException(
            Reason.UNSUPPORTED,
            "there is no '%s' on the way of the entry '%s'; %s"
                .formatted(step, path, choices(root)));
      }
      at = items.get(step);
    }
    return at;
  }

  private static void collect(
      Object at, String path, int depth, Map<String, PickleObject> estimators) {
    if (at instanceof PickleObject object) {
      if (Estimators.model(object.type()).isPresent()) {
        estimators.put(path, object);
      }
      return;
    }
    // Shared references could make this walk long, so it stops early: a person's file is small
    // here.
    if (depth == MAX_DEPTH || estimators.size() > SHOWN) {
      return;
    }
    items(at)
        .forEach(
            (key, value) ->
                collect(value, path.isEmpty() ? key : path + "." + key, depth + 1, estimators));
  }

  private static Map<String, Object> items(Object container) {
    Map<String, Object> items = new LinkedHashMap<>();
    switch (container) {
      case Map<?, ?> map ->
          map.forEach((key, value) -> items.put(String.valueOf(NumpyScalar.unwrap(key)), value));
      case Object[] tuple -> addAll(items, Arrays.asList(tuple));
      case List<?> list -> addAll(items, list);
      case null, default -> {}
    }
    return items;
  }

  private static void addAll(Map<String, Object> items, List<?> list) {
    for (int i = 0; i < list.size(); i++) {
      items.put(String.valueOf(i), list.get(i));
    }
  }

  private static String choices(Object root) {
    Map<String, PickleObject> estimators = new LinkedHashMap<>();
    collect(root, "", 0, estimators);
    if (estimators.isEmpty()) {
      return "there is none in it: pickle the fitted estimator itself";
    }
    return "name one by the entry: "
        + estimators.entrySet().stream()
            .limit(SHOWN)
            .map(e -> "'%s' (%s)".formatted(e.getKey(), e.getValue().type().name()))
            .collect(Collectors.joining(", "));
  }

  private static String describe(Object value) {
    return switch (value) {
      case null -> "None";
      case PickleObject object -> "an instance of " + object.type();
      case Map<?, ?> map -> "a dictionary of " + map.size();
      case Object[] tuple -> "a tuple of " + tuple.length;
      case List<?> list -> "a list of " + list.size();
      case String text -> "a text";
      case Number number -> "a number";
      case Boolean flag -> "a boolean";
      default -> "something else";
    };
  }
}
