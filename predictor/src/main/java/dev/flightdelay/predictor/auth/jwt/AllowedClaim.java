package dev.flightdelay.predictor.auth.jwt;

import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A claim that a token must have.
 *
 * @param claim its name
 * @param values one of which it must be, or have among its own where it is a list
 */
public record AllowedClaim(String claim, Set<String> values) {

  private static final Set<String> SPACE_SEPARATED = Set.of("scope", "scp");

  public AllowedClaim {
    values = Set.copyOf(values);
  }

  /**
   * Reads JWT_ALLOWED: {@code [{"claim":"groups","values":["planners"]}]}.
   *
   * @throws AuthenticationException if it is anything else
   */
  public static List<AllowedClaim> parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      JsonReader json = new JsonReader(bytes, 0, bytes.length);
      List<AllowedClaim> all = new ArrayList<>();
      json.beginArray();
      while (json.nextElement()) {
        all.add(claim(json));
      }
      json.end();
      if (all.isEmpty()) {
        throw refused("it is an empty list; leave it out for every token of the issuer", null);
      }
      return List.copyOf(all);
    } catch (MalformedJsonException e) {
      throw refused(e.getMessage(), e);
    }
  }

  private static AllowedClaim claim(JsonReader json) {
    String name = null;
    Set<String> values = new LinkedHashSet<>();
    json.beginObject();
    for (String member = json.nextName(); member != null; member = json.nextName()) {
      switch (member) {
        case "claim" -> name = json.string();
        case "values" -> {
          json.beginArray();
          while (json.nextElement()) {
            values.add(json.string());
          }
        }
        default -> throw refused("'" + member + "' is neither claim nor values", null);
      }
    }
    if (name == null || name.isEmpty() || values.isEmpty()) {
      throw refused("each of its objects needs a claim and at least one of values", null);
    }
    return new AllowedClaim(name, values);
  }

  private static AuthenticationException refused(String why, Throwable cause) {
    return new AuthenticationException(
        "JWT_ALLOWED is not a list like [{\"claim\":\"groups\",\"values\":[\"planners\"]}]: " + why,
        cause);
  }

  /**
   * Whether a token's claim is one of the values.
   *
   * @param value as JSON is read: a text, number, boolean, list, map or null
   */
  boolean allows(Object value) {
    return switch (value) {
      case String text when SPACE_SEPARATED.contains(claim) -> anyOf(List.of(text.split(" ")));
      case String text -> values.contains(text);
      case List<?> list -> anyOf(list);
      case Number number -> values.contains(number.toString());
      case Boolean bool -> values.contains(bool.toString());
      case null, default -> false;
    };
  }

  private boolean anyOf(List<?> list) {
    return list.stream().anyMatch(item -> item instanceof String text && values.contains(text));
  }
}
