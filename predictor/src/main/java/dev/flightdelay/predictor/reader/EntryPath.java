package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.pickle.PickleObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the estimator in what a pickle holds: the object itself, or one inside a dictionary, a
 * tuple or a list. A path is keys and positions with dots between them: {@code models.0}.
 */
final class EntryPath {

  private static final int SHOWN = 10;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_LOOKED_AT = 100_000;

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
    Map<String, PickleObject> estimators = Search.in(root);
    if (estimators.size() == 1) {
      return estimators.values().iterator().next();
    }
    throw new ModelRefusedException(
        Reason.UNSUPPORTED,
        "the file holds %s, not an estimator; %s".formatted(describe(root), choices(root)));
  }

  /**
   * What stands beside an estimator in the same file and would come before it in a pipeline: by its
   * path, a sentence for each.
   */
  static List<String> besides(Object root, PickleObject estimator) {
    if (root == estimator) {
      return List.of();
    }
    return Search.transformersIn(root).entrySet().stream()
        .filter(beside -> beside.getValue() != estimator)
        .map(
            beside ->
                ("'%s' (%s) stands beside the model and is not applied: send rows as it would give"
                        + " them, or save a Pipeline of both")
                    .formatted(beside.getKey(), beside.getValue().type().name()))
        .toList();
  }

  private static Object follow(Object root, String path) {
    Object at = root;
    for (String step : path.split("\\.", -1)) {
      at =
          items(at)
              .filter(item -> item.name().equals(step))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ModelRefusedException(
                          Reason.UNSUPPORTED,
                          "there is no '%s' on the way of the entry '%s'; %s"
                              .formatted(step, path, choices(root))))
              .value();
    }
    return at;
  }

  private record Item(String name, Object value) {}

  private static Stream<Item> items(Object container) {
    return switch (container) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(
                  entry ->
                      new Item(
                          String.valueOf(NumpyScalar.unwrap(entry.getKey())), entry.getValue()));
      case Object[] tuple -> items(Arrays.asList(tuple));
      case List<?> list ->
          IntStream.range(0, list.size()).mapToObj(i -> new Item(String.valueOf(i), list.get(i)));
      case null, default -> Stream.empty();
    };
  }

  /** Looks for estimators, and stops early: a person's file has them near its beginning. */
  private static final class Search {

    private final Predicate<GlobalName> wanted;
    private final Map<String, PickleObject> estimators = new LinkedHashMap<>();
    private int left = MAX_LOOKED_AT;

    private Search(Predicate<GlobalName> wanted) {
      this.wanted = wanted;
    }

    static Map<String, PickleObject> in(Object root) {
      return in(root, type -> Estimators.model(type).isPresent());
    }

    /** The transformers that are no models. */
    static Map<String, PickleObject> transformersIn(Object root) {
      return in(
          root,
          type -> Estimators.model(type).isEmpty() && Estimators.transformer(type).isPresent());
    }

    private static Map<String, PickleObject> in(Object root, Predicate<GlobalName> wanted) {
      Search search = new Search(wanted);
      search.collect(root, "", 0);
      return search.estimators;
    }

    private void collect(Object at, String path, int depth) {
      if (at instanceof PickleObject object) {
        if (wanted.test(object.type())) {
          estimators.put(path, object);
        }
        return;
      }
      if (depth == MAX_DEPTH) {
        return;
      }
      items(at)
          .takeWhile(item -> left-- > 0 && estimators.size() <= SHOWN)
          .forEach(
              item ->
                  collect(
                      item.value(),
                      path.isEmpty() ? item.name() : path + "." + item.name(),
                      depth + 1));
    }
  }

  private static String choices(Object root) {
    Map<String, PickleObject> estimators = new LinkedHashMap<>(Search.in(root));
    estimators.putAll(Search.transformersIn(root));
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
