package dev.flightdelay.predictor.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A resource file with places to fill in, in Mustache's notation: {@code {{name}}} is a text,
 * escaped for the file's language; {@code {{{name}}}} is put in as it is; {@code
 * {{#name}}..{{/name}}} is repeated for each map of a list, inside which the map's names come
 * first, and left out where there is no such list; {@code {{^name}}..{{/name}}} is there only where
 * the section is not.
 */
final class Template {

  /** A section's begin or end on a line of its own leaves no empty line behind. */
  private static final Pattern LINE_OF_A_TAG =
      Pattern.compile("(?m)^[ \\t]*(\\{\\{[#^/][^{}]+}})[ \\t]*\\n");

  private sealed interface Part {}

  private record Text(String text) implements Part {}

  private record Value(String name, boolean escaped) implements Part {}

  private record Section(String name, boolean inverted, List<Part> parts) implements Part {}

  /** The values of a section, and those round it. */
  private record Scope(Map<String, ?> values, Scope outer) {
    Object find(String name) {
      Object value = values.get(name);
      return value != null || outer == null ? value : outer.find(name);
    }
  }

  private final String resource;
  private final UnaryOperator<String> escape;
  private final List<Part> parts;

  Template(String resource, UnaryOperator<String> escape, String source) {
    this.resource = resource;
    this.escape = escape;
    this.parts = new Parser(resource, LINE_OF_A_TAG.matcher(source).replaceAll("$1")).parts(null);
  }

  /** A file beside this class. */
  static Template read(String resource, UnaryOperator<String> escape) {
    return new Template(resource, escape, Resource.text(resource));
  }

  /**
   * The file with its places filled in.
   *
   * @param values texts, numbers, and for sections lists of such maps
   * @throws IllegalStateException if a place has no value: a name is misspelt
   */
  String fill(Map<String, ?> values) {
    StringBuilder filled = new StringBuilder(1 << 14);
    fill(parts, new Scope(values, null), filled);
    return filled.toString();
  }

  private void fill(List<Part> parts, Scope scope, StringBuilder filled) {
    for (Part part : parts) {
      switch (part) {
        case Text text -> filled.append(text.text());
        case Value value -> {
          String text = value(value.name(), scope);
          filled.append(value.escaped() ? escape.apply(text) : text);
        }
        case Section section -> {
          List<?> items = scope.find(section.name()) instanceof List<?> list ? list : List.of();
          if (section.inverted()) {
            if (items.isEmpty()) {
              fill(section.parts(), scope, filled);
            }
          } else {
            for (Object item : items) {
              fill(section.parts(), new Scope(values(item), scope), filled);
            }
          }
        }
      }
    }
  }

  private String value(String name, Scope scope) {
    Object value = scope.find(name);
    if (value == null) {
      throw new IllegalStateException(resource + " has a place {{" + name + "}} without a value");
    }
    return value.toString();
  }

  @SuppressWarnings("unchecked") // lists are made by this package, of maps by name
  private static Map<String, ?> values(Object item) {
    return (Map<String, ?>) item;
  }

  private static final class Parser {

    private final String resource;
    private final String source;
    private int at;

    Parser(String resource, String source) {
      this.resource = resource;
      this.source = source;
    }

    /** The parts up to the end of the section, or of the file. */
    List<Part> parts(String section) {
      List<Part> parts = new ArrayList<>();
      while (true) {
        int open = source.indexOf("{{", at);
        if (open < 0) {
          if (section != null) {
            throw new IllegalStateException(resource + " does not end its section " + section);
          }
          parts.add(new Text(source.substring(at)));
          return List.copyOf(parts);
        }
        if (open > at) {
          parts.add(new Text(source.substring(at, open)));
        }
        boolean raw = source.startsWith("{{{", open);
        String tag = tag(open + (raw ? 3 : 2), raw ? "}}}" : "}}");
        if (raw) {
          parts.add(new Value(tag, false));
          continue;
        }
        switch (tag.charAt(0)) {
          case '#', '^' -> {
            String name = tag.substring(1);
            parts.add(new Section(name, tag.charAt(0) == '^', parts(name)));
          }
          case '/' -> {
            if (!tag.substring(1).equals(section)) {
              throw new IllegalStateException(resource + " ends " + tag + " inside " + section);
            }
            return List.copyOf(parts);
          }
          default -> parts.add(new Value(tag, true));
        }
      }
    }

    private String tag(int from, String end) {
      int close = source.indexOf(end, from);
      if (close <= from) {
        throw new IllegalStateException(resource + " has an unfinished place at " + from);
      }
      at = close + end.length();
      return source.substring(from, close).strip();
    }
  }
}
