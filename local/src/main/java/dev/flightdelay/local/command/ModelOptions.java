package dev.flightdelay.local.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What was asked for of model files.
 *
 * @param name the model's; empty for the first file's
 * @param entry where the estimators are in their files; empty where that goes without saying
 * @param shares of the traffic in percent, in the order of the files; none for equal ones
 */
record ModelOptions(String name, String entry, List<Integer> shares) {

  static final ModelOptions NONE = new ModelOptions("", "", List.of());

  private static final int MAX_FILES = 10;

  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");

  ModelOptions {
    shares = List.copyOf(shares);
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      throw new LocalException(
          "--name takes up to 40 of a-z, 0-9 and - between them, a letter first, not " + name);
    }
  }

  /**
   * {@code 90,10} as shares.
   *
   * @throws LocalException if it is something else
   */
  static List<Integer> shares(String text) {
    try {
      List<Integer> shares = Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
      if (shares.stream().allMatch(share -> share >= 0)
          && shares.stream().mapToInt(Integer::intValue).sum() == 100) {
        return shares;
      }
    } catch (NumberFormatException e) {
      throw new LocalException("--traffic takes percentages, such as 90,10, not " + text, e);
    }
    throw new LocalException("--traffic takes percentages that are 100 together, not " + text);
  }

  String nameOr(Path file) {
    return name.isEmpty() ? ModelFile.modelName(file) : name;
  }

  /** The traffic of so many files. */
  List<Integer> traffic(int files) {
    if (files > MAX_FILES) {
      throw new LocalException(
          "a model has at most %d versions, and %d files are named".formatted(MAX_FILES, files));
    }
    if (!shares.isEmpty()) {
      if (shares.size() != files) {
        throw new LocalException(
            "--traffic has %d shares for %d model files".formatted(shares.size(), files));
      }
      return shares;
    }
    List<Integer> equal = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      // What does not divide goes to the first ones.
      equal.add(100 / files + (i < 100 % files ? 1 : 0));
    }
    return equal;
  }
}
