package dev.flightdelay.predictor.settings.value;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Something that can be set: by an environment variable, or by an option of the same name, such as
 * {@code MODEL_SHA256} and {@code --model-sha256=}. An option wins.
 *
 * @param name the environment variable's
 * @param meaning for the help text
 * @param fallback what holds where it is not set, for the help text; empty where nothing does
 */
public record Setting(String name, String meaning, String fallback) {

  public Setting {
    requireNonNull(name);
    requireNonNull(meaning);
    requireNonNull(fallback);
  }

  /** A setting without which something else is not done at all. */
  public Setting(String name, String meaning) {
    this(name, meaning, "");
  }

  /** The option's name, with its hyphens. */
  public String option() {
    return "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A line of the help text. */
  public String help() {
    return "  %-24s %s%s"
        .formatted(option(), meaning, fallback.isEmpty() ? "" : " (" + fallback + ")");
  }

  @Override
  public String toString() {
    return name;
  }
}
