package dev.flightdelay.predictor.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands behind {@code inspect} or {@code score}: files, options with a value, which follows
 * an equals sign or is the next word, and options without one.
 */
record Arguments(List<String> files, Map<String, String> values, Set<String> flags) {

  /**
   * Reads them.
   *
   * @param withValue the options that take a value
   * @param withoutValue the options that take none
   * @throws CommandException if an option is unknown, or lacks its value
   */
  static Arguments of(
      String command, List<String> words, Set<String> withValue, Set<String> withoutValue) {
    List<String> files = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    Set<String> flags = new HashSet<>();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      if (!word.startsWith("--")) {
        files.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (withValue.contains(name)) {
        String value = equals >= 0 ? word.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
        if (value.isEmpty()) {
          throw new CommandException(
              "%s takes a value: %s VALUE or %s=VALUE".formatted(name, name, name));
        }
        values.put(name, value);
      } else if (withoutValue.contains(name)) {
        if (equals >= 0) {
          throw new CommandException(name + " takes no value");
        }
        flags.add(name);
      } else {
        throw new CommandException(
            "%s has no option '%s'; %s --help lists them".formatted(command, name, command));
      }
    }
    return new Arguments(List.copyOf(files), Map.copyOf(values), Set.copyOf(flags));
  }

  Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option));
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }
}
