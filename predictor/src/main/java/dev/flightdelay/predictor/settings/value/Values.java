package dev.flightdelay.predictor.settings.value;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was set, as text, and read as what a setting takes. */
public record Values(Map<Setting, String> values) {

  private static final Pattern BYTES = Pattern.compile("(\\d{1,15})(Ki|Mi|Gi)?");
  private static final Duration MAX_DEADLINE = Duration.ofDays(1);

  public Values {
    values = Map.copyOf(values);
  }

  /**
   * What options and environment set; an option wins.
   *
   * @param known all that can be set
   * @param shortOptions further options, by their name
   * @param options with their values behind an equals sign or as the next word
   * @throws SettingException if an option is unknown, or has no value
   */
  public static Values of(
      Collection<Setting> known,
      Map<String, Setting> shortOptions,
      List<String> options,
      Map<String, String> environment) {
    Map<Setting, String> values = new HashMap<>();
    Map<String, Setting> byOption = new HashMap<>(shortOptions);
    for (Setting setting : known) {
      byOption.put(setting.option(), setting);
      String value = environment.get(setting.name());
      if (value != null && !value.isBlank()) {
        values.put(setting, value.strip());
      }
    }
    for (Iterator<String> words = options.iterator(); words.hasNext(); ) {
      String option = words.next();
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      Setting setting = byOption.get(name);
      if (setting == null) {
        throw new SettingException("there is no option '%s'; --help lists them".formatted(name));
      }
      String value = equals >= 0 ? option.substring(equals + 1) : nextValue(words);
      if (value.isEmpty()) {
        throw new SettingException("%s takes a value: %s=..".formatted(name, setting.option()));
      }
      values.put(setting, value);
    }
    return new Values(values);
  }

  /** The next word, unless that is another option. */
  private static String nextValue(Iterator<String> words) {
    String word = words.hasNext() ? words.next() : "";
    return word.startsWith("--") ? "" : word;
  }

  /** As it was written; empty where it was not set. */
  public Optional<String> text(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  /**
   * A text of a form.
   *
   * @param takes the form, for a person
   */
  public Optional<String> matching(Setting setting, Pattern pattern, String takes) {
    Optional<String> value = text(setting);
    value
        .filter(text -> !pattern.matcher(text).matches())
        .ifPresent(
            text -> {
              throw unusable(setting, text, takes);
            });
    return value;
  }

  /** A whole number within bounds. */
  public int integer(Setting setting, int least, int most, int fallback) {
    return Math.toIntExact(integer(setting, (long) least, most, fallback));
  }

  /** A whole number within bounds. */
  public long integer(Setting setting, long least, long most, long fallback) {
    String text = values.get(setting);
    if (text == null) {
      return fallback;
    }
    String takes = "a whole number from " + least + " to " + most;
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw unusable(setting, text, takes);
    }
    throw unusable(setting, text, takes);
  }

  /** A size: bytes, or with Ki, Mi or Gi. */
  public long bytes(Setting setting, long fallback) {
    String text = values.get(setting);
    if (text == null) {
      return fallback;
    }
    Matcher matcher = BYTES.matcher(text);
    if (!matcher.matches()) {
      throw unusable(setting, text, "bytes, such as 67108864 or 64Mi");
    }
    long unit =
        switch (matcher.group(2)) {
          case "Ki" -> 1L << 10;
          case "Mi" -> 1L << 20;
          case "Gi" -> 1L << 30;
          case null, default -> 1L;
        };
    long bytes = Long.parseLong(matcher.group(1)) * unit;
    // An array, and so a file held in one, has at most 2^31-1 bytes.
    if (bytes < 1 || bytes > Integer.MAX_VALUE - 8) {
      throw unusable(setting, text, "at least 1 byte and less than 2Gi");
    }
    return bytes;
  }

  /** 90 and 90s are seconds, 5m minutes; PT5M is how ISO 8601 and Java's libraries write it. */
  public Duration duration(Setting setting, Duration fallback) {
    String text = values.get(setting);
    if (text == null) {
      return fallback;
    }
    String upper = text.toUpperCase(Locale.ROOT);
    String iso =
        upper.startsWith("P")
            ? upper
            : "PT" + upper + (Character.isDigit(upper.charAt(upper.length() - 1)) ? "S" : "");
    try {
      Duration duration = Duration.parse(iso);
      if (duration.isPositive() && duration.compareTo(MAX_DEADLINE) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw unusable(setting, text, "a time up to a day, such as 90s, 5m or PT5M");
    }
    throw unusable(setting, text, "a time up to a day, such as 90s, 5m or PT5M");
  }

  private static SettingException unusable(Setting setting, String value, String takes) {
    String shown = value.length() > 80 ? value.substring(0, 80) + ".." : value;
    return new SettingException(
        "%s (%s) is '%s'; it takes %s"
            .formatted(
                setting.name(), setting.option(), shown.replaceAll("\\p{Cntrl}", "?"), takes));
  }
}
