package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.budget.ReadingBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A model as LightGBM writes it: {@code GBDT::SaveModelToString}. A header, the trees one after the
 * other, and then importances and parameters, of which nothing is read.
 *
 * @param names the features' names; empty where they are only numbered
 * @param infos for each feature its range while training, or its categories
 */
record BoosterText(Ensemble ensemble, Objective objective, List<String> names, List<String> infos) {

  private static final Set<String> HEADER =
      Set.of(
          "tree",
          "version",
          "num_class",
          "num_tree_per_iteration",
          "label_index",
          "max_feature_idx",
          "objective",
          "average_output",
          "feature_names",
          "monotone_constraints",
          "feature_infos",
          "tree_sizes");

  private static final Set<String> VERSIONS = Set.of("v2", "v3", "v4");
  private static final String TREE = "Tree=";
  private static final int MAX_CLASSES = 100_000;

  /**
   * @param iterations how many iterations predict; all where it is 0 or less, or more than there
   *     are
   * @throws UnreadableTextException if the text is not whole, or its trees are none
   */
  static BoosterText read(String text, long iterations) {
    // A number of two letters, with the comma, becomes a double.
    ReadingBudget.take((long) Integer.BYTES * text.length());
    TextFields header = new TextFields(text, 0, "its header", HEADER);
    if (!text.startsWith("tree\n")
        || !header.has("version")
        || !VERSIONS.contains(header.value("version"))) {
      throw UnreadableTextException.unsupported(
          "its text is not one of version v2, v3 or v4, which LightGBM 2.1 to 4.7 write; save it"
              + " with one of these");
    }
    int features = 1 + header.integer("max_feature_idx", 0, Integer.MAX_VALUE - 1);
    List<String> names = split(header, "feature_names", features);
    List<String> infos = split(header, "feature_infos", features);
    int classes = header.integer("num_class", 1, MAX_CLASSES);
    int perIteration =
        header.has("num_tree_per_iteration")
            ? header.integer("num_tree_per_iteration", 1, MAX_CLASSES)
            : classes;
    Objective objective =
        header.has("objective")
            ? Objective.read(header.value("objective"), perIteration)
            : new Objective.Identity();
    Ensemble ensemble =
        trees(text, header, features, perIteration, iterations, header.has("average_output"));
    if (classes != perIteration) {
      throw UnreadableTextException.invalid("its classes are not the trees of an iteration");
    }
    return new BoosterText(ensemble, objective, isNumbered(names) ? List.of() : names, infos);
  }

  private static Ensemble trees(
      String text,
      TextFields header,
      int features,
      int perIteration,
      long iterations,
      boolean average) {
    int count = header.count("tree_sizes");
    int[] sizes = header.integers("tree_sizes", count, 1, Integer.MAX_VALUE);
    if (count == 0 || count % perIteration != 0) {
      throw UnreadableTextException.invalid(
          "it has %d trees, %d in each iteration".formatted(count, perIteration));
    }
    long used = iterations > 0 ? Math.min(iterations, count / perIteration) : count / perIteration;
    EnsembleBuilder builder = new EnsembleBuilder(features, perIteration, average);
    int at = skipEmptyLines(text, header.end());
    for (int tree = 0; tree < count; tree++) {
      int from = at;
      if (!text.startsWith(TREE + tree + '\n', at)) {
        throw UnreadableTextException.invalid(
            "its text has no tree %d of %d where that is due: it is not whole"
                .formatted(tree, count));
      }
      TextFields fields =
          new TextFields(
              text, TextFields.lineEnd(text, at) + 1, "tree " + tree, EnsembleBuilder.FIELDS);
      // Trees after the best iteration are checked like the others, and then left out.
      builder.add(fields, tree, tree < used * perIteration);
      long due = (long) from + sizes[tree];
      if (due < fields.end() || due > skipEmptyLines(text, fields.end())) {
        throw UnreadableTextException.invalid(
            "tree %d has %d bytes, and tree_sizes says %d"
                .formatted(tree, fields.end() - from, sizes[tree]));
      }
      at = (int) due;
    }
    at = skipEmptyLines(text, at);
    if (!text.startsWith("end of trees\n", at) && !text.startsWith("feature importances:\n", at)) {
      throw UnreadableTextException.invalid(
          "more follows after its %d trees than the end of them".formatted(count));
    }
    return builder.build();
  }

  private static int skipEmptyLines(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
    return at;
  }

  private static List<String> split(TextFields header, String name, int count) {
    if (header.count(name) != count) {
      throw UnreadableTextException.invalid(
          "it has %d features, and %d %s".formatted(count, header.count(name), name));
    }
    List<String> parts = new ArrayList<>(count);
    String line = header.value(name);
    int at = 0;
    while (parts.size() < count) {
      int end = line.indexOf(' ', at);
      end = end < 0 ? line.length() : end;
      if (end > at) {
        parts.add(line.substring(at, end));
      }
      at = end + 1;
    }
    return parts;
  }

  /** Whether they are what LightGBM calls the columns of an array. */
  private static boolean isNumbered(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).equals("Column_" + i)) {
        return false;
      }
    }
    return true;
  }
}
