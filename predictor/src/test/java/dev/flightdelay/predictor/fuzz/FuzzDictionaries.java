package dev.flightdelay.predictor.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flightdelay.predictor.reader.Estimators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words that fuzzing puts together: opcodes with their neighbours, allowed globals, and names. */
final class FuzzDictionaries {

  private static final List<String> OPCODES =
      List.of(
          "\u0080\u0004",
          "\u0080\u0005",
          ")\u0081}(",
          "ub.",
          "\u0085R",
          "\u0086R",
          "\u0087R",
          "](",
          "}(",
          "e\u0094",
          "h\0",
          "\u0094h\0",
          "K\u0001",
          "J\u00ff\u00ff\u00ff\u00ff",
          "J\u00ff\u00ff\u00ff\u007f",
          "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
          "\u0095\u0008\0\0\0\0\0\0\0",
          "G\u007f\u00f8\0\0\0\0\0\0",
          "tR",
          "tb",
          "(K\u0003\u008c\u0001<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb",
          "numpy_array_alignment_bytes",
          "\u008c\u0005shape",
          "\u008c\u0002f8\u0089\u0088\u0087R",
          "\u008c\u0002O8\u0089\u0088\u0087R");

  private static final List<String> XGBOOST =
      List.of(
          "[$l#L\0\0\0\0\0\0\0\u0001",
          "[$d#L\0\0\0\0\0\0\0\u0001",
          "[#L\0\0\0\0\0\0\0\u0001",
          "SL\0\0\0\0\0\0\0\u0001",
          "L\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
          "gbtree",
          "dart",
          "gblinear",
          "multi:softprob",
          "binary:logistic",
          "reg:squarederror",
          "iteration_indptr",
          "categories_nodes",
          "num_parallel_tree",
          "weight_drop",
          "size_leaf_vector",
          "best_iteration",
          "binf",
          "CONFIG-offset:");

  private static final List<String> LIGHTGBM =
      List.of(
          "Tree=0\n",
          "num_leaves=",
          "num_cat=",
          "is_linear=1\n",
          "average_output\n",
          "left_child=",
          "cat_boundaries=",
          "cat_threshold=",
          "leaf_features=",
          "num_class=2\n",
          "num_tree_per_iteration=2\n",
          "multiclass num_class:2",
          "-1 -2 ",
          "2147483647",
          "1e308",
          "end of trees\n");

  private static final List<String> CATBOOST =
      List.of(
          "FlabuffersModel_v1",
          "class_params",
          "params",
          "{\"class_names\":[0,1]",
          "\u00ff\u00ff\u00ff\u007f",
          "\u00ff\u00ff\u00ff\u00ff",
          "\u0004\0\0\0");

  private FuzzDictionaries() {}

  /** Writes one for each kind of target into the folder. */
  static void write(Path folder) throws IOException {
    List<String> pickles = new ArrayList<>(OPCODES);
    Estimators.rules()
        .forEach(rule -> pickles.add(named(rule.global().module(), rule.global().name())));
    for (String target : List.of("pickle", "joblib", "compressed", "edited")) {
      write(folder, target, pickles);
    }
    write(folder, "xgboost", XGBOOST);
    write(folder, "lightgbm", LIGHTGBM);
    write(folder, "catboost", CATBOOST);
  }

  private static String named(String module, String name) {
    return text(module) + text(name) + '\u0093';
  }

  private static String text(String ascii) {
    return "\u008c" + (char) ascii.length() + ascii;
  }

  private static void write(Path folder, String target, List<String> words) throws IOException {
    Stream<String> lines = words.stream().distinct().map(FuzzDictionaries::quoted);
    Files.writeString(
        folder.resolve(target + ".dict"), lines.collect(Collectors.joining("\n", "", "\n")), UTF_8);
  }

  /** Each letter is a byte, written as libFuzzer reads it. */
  private static String quoted(String word) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte letter : word.getBytes(ISO_8859_1)) {
      quoted.append("\\x%02x".formatted(letter));
    }
    return quoted.append('"').toString();
  }
}
