package dev.flightdelay.predictor.command;

import dev.flightdelay.predictor.pickle.AllowedGlobal;
import dev.flightdelay.predictor.reader.Estimators;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code inspect --allow-list}: every global that a file may name, and why, a line each. */
final class AllowList {

  private static final String HEAD =
      """
      # Every global that a model file may name; any other is refused. None of them is ever loaded or
      # called as Python: this is what stands for it here, and why files have it.
      #   function  called with arguments: gives plain data
      #   type      made without arguments, then given its attributes, which its reader checks
      #   unread    carried along and never looked at
      #   value     only ever a value: calling it is refused
      #   array     stands for an array whose items follow it
      #   tuple     a named tuple, of exactly its items
      #   naming    called with a name: gives the global of that name, by its own line
      #   forgotten never called, whatever it is given: gives None
      # Behind a type, in brackets: the attributes that nothing looks at. In these alone a file may name
      # a metric, a scorer or a callback of one's own, which is kept as a name and never called.
      """;

  private AllowList() {}

  static void write(OutputStream out) {
    Map<String, TreeSet<String>> reasons = new TreeMap<>();
    Map<String, TreeSet<String>> unread = new TreeMap<>();
    for (AllowedGlobal rule : Estimators.rules()) {
      reasons
          .computeIfAbsent("%-10s%s".formatted(kind(rule), rule.global()), _ -> new TreeSet<>())
          .add(rule.why());
      if (rule instanceof AllowedGlobal.Type type && !type.unread().isEmpty()) {
        unread
            .computeIfAbsent(type.global().toString(), _ -> new TreeSet<>())
            .addAll(type.unread());
      }
    }
    List<String> lines =
        reasons.entrySet().stream()
            .map(
                line ->
                    "%-90s %s%s%n"
                        .formatted(
                            line.getKey(),
                            String.join("; ", line.getValue()),
                            brackets(unread.get(line.getKey().substring(10)))))
            .toList();
    try {
      out.write((HEAD + String.join("", lines)).getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String brackets(TreeSet<String> attributes) {
    return attributes == null ? "" : " [" + String.join(" ", attributes) + "]";
  }

  private static String kind(AllowedGlobal rule) {
    return switch (rule) {
      case AllowedGlobal.Function _ -> "function";
      case AllowedGlobal.Type _ -> "type";
      case AllowedGlobal.Opaque _ -> "unread";
      case AllowedGlobal.Value _ -> "value";
      case AllowedGlobal.ArrayWrapper _ -> "array";
      case AllowedGlobal.NamedTuple _ -> "tuple";
      case AllowedGlobal.Forgotten _ -> "forgotten";
      case AllowedGlobal.Naming _ -> "naming";
      case AllowedGlobal.Inert inert -> throw new AssertionError(inert);
    };
  }
}
