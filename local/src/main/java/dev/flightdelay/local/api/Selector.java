package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A label selector and a field selector, as a list or watch asks for them. */
record Selector(List<Predicate<JsonNode>> requirements) {

  private static final Pattern SET_BASED =
      Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
  private static final Pattern EQUALITY =
      Pattern.compile("\\s*([^=!\\s]+)\\s*(!=|==|=)\\s*(\\S*)\\s*");
  private static final Pattern EXISTENCE = Pattern.compile("\\s*(!?)\\s*([^=!\\s]+)\\s*");

  Selector {
    requirements = List.copyOf(requirements);
  }

  static Selector of(ResourcePath path) {
    List<Predicate<JsonNode>> requirements = new ArrayList<>();
    for (String label : split(path.query().getOrDefault("labelSelector", ""))) {
      requirements.add(label(label));
    }
    for (String field : split(path.query().getOrDefault("fieldSelector", ""))) {
      requirements.add(field(field));
    }
    if (!path.namespace().isEmpty()) {
      requirements.add(
          object -> object.at("/metadata/namespace").asText().equals(path.namespace()));
    }
    if (!path.name().isEmpty()) {
      requirements.add(object -> object.at("/metadata/name").asText().equals(path.name()));
    }
    return new Selector(requirements);
  }

  boolean matches(JsonNode object) {
    return requirements.stream().allMatch(requirement -> requirement.test(object));
  }

  /** At the commas that are not in brackets. */
  private static List<String> split(String text) {
    return text.isBlank() ? List.of() : List.of(text.split(",(?![^(]*\\))"));
  }

  private static Predicate<JsonNode> label(String text) {
    Matcher set = SET_BASED.matcher(text);
    if (set.matches()) {
      Set<String> values = Set.of(set.group(3).strip().split("\\s*,\\s*"));
      boolean in = set.group(2).equals("in");
      return object -> {
        JsonNode value = labelOf(object, set.group(1));
        return (value.isTextual() && values.contains(value.asText())) == in;
      };
    }
    Matcher equality = EQUALITY.matcher(text);
    if (equality.matches()) {
      boolean equal = !equality.group(2).equals("!=");
      return object ->
          (labelOf(object, equality.group(1)).isTextual()
                  && labelOf(object, equality.group(1)).asText().equals(equality.group(3)))
              == equal;
    }
    Matcher existence = EXISTENCE.matcher(text);
    if (existence.matches()) {
      boolean exists = existence.group(1).isEmpty();
      return object -> labelOf(object, existence.group(2)).isTextual() == exists;
    }
    throw ApiException.badRequest("unable to parse requirement: " + text);
  }

  private static JsonNode labelOf(JsonNode object, String name) {
    return object.path("metadata").path("labels").path(name);
  }

  private static Predicate<JsonNode> field(String text) {
    Matcher equality = EQUALITY.matcher(text);
    if (!equality.matches()) {
      throw ApiException.badRequest("unable to parse field selector: " + text);
    }
    String pointer = "/" + equality.group(1).replace('.', '/');
    boolean equal = !equality.group(2).equals("!=");
    return object -> object.at(pointer).asText("").equals(equality.group(3)) == equal;
  }
}
