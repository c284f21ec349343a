package dev.flightdelay.predictor.settings;

import static java.util.stream.Collectors.joining;

import dev.flightdelay.predictor.source.AllowedHosts;
import dev.flightdelay.predictor.source.FetchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the predictor serves, checked once at the start.
 *
 * @param sha256 64 lower-case hex digits
 * @param fetch how the model's bytes are got
 * @param eventLoops threads that serve predictions
 */
public record PredictorSettings(
    String modelUri,
    String modelName,
    String modelVersion,
    Optional<String> sha256,
    String entry,
    FetchSettings fetch,
    String address,
    int port,
    int managementPort,
    int eventLoops,
    int inFlight,
    int connections) {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern BYTES = Pattern.compile("(\\d{1,15})(Ki|Mi|Gi)?");
  private static final List<String> NOT_THERE_YET =
      List.of(
          "API_KEYS_DIR",
          "JWT_ISSUER",
          "JWT_JWKS_URI",
          "JWT_AUDIENCES",
          "JWT_ALLOWED",
          "LDAP_URL",
          "LDAP_BIND_DN",
          "LDAP_GROUP",
          "LIMIT_PER_CALLER");
  private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);

  /**
   * Settings from options and environment; an option wins.
   *
   * @throws SettingException if one is unknown, missing or not usable
   */
  public static PredictorSettings of(List<String> options, Map<String, String> environment) {
    refuseWhatWouldBeIgnored(environment);
    Values values = Values.of(options, environment);
    String uri =
        values
            .text(Setting.MODEL_URI)
            .orElseThrow(
                () ->
                    new SettingException(
                        "no model is named: give --model=FILE-OR-URI, or set MODEL_URI"));
    return new PredictorSettings(
        uri,
        values
            .matching(Setting.MODEL_NAME, NAME, "letters, digits, and . _ - between them")
            .orElseGet(() -> nameOf(uri)),
        values
            .matching(Setting.MODEL_VERSION, NAME, "letters, digits, and . _ - between them")
            .orElse("v1"),
        values
            .matching(Setting.MODEL_SHA256, SHA256, "64 hex digits, as sha256sum prints them")
            .map(digits -> digits.toLowerCase(Locale.ROOT)),
        values.text(Setting.MODEL_ENTRY).orElse(""),
        fetchSettings(values, environment),
        values.text(Setting.ADDRESS).orElse("0.0.0.0"),
        values.integer(Setting.PORT, 0, 65535, 8080),
        values.integer(Setting.MANAGEMENT_PORT, 0, 65535, 9090),
        values.integer(Setting.EVENT_LOOPS, 1, 1024, Runtime.getRuntime().availableProcessors()),
        values.integer(Setting.LIMIT_IN_FLIGHT, 1, 1_000_000, 1024),
        values.integer(Setting.LIMIT_CONNECTIONS, 1, 1_000_000, 20_000));
  }

  /** Serving everyone, although somebody asked for less, would be the worst of answers. */
  private static void refuseWhatWouldBeIgnored(Map<String, String> environment) {
    for (String name : NOT_THERE_YET) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        throw new SettingException(
            "%s is set, but this predictor does not check callers: leave spec.auth and"
                    .formatted(name)
                + " spec.limits.requestsPerSecondPerCaller out, and let the Ingress or a mesh check"
                + " them");
      }
    }
  }

  /**
   * The largest model that is read, for a command that takes no other setting.
   *
   * @throws SettingException if the environment has one that is not usable
   */
  public static long maxBytes(Map<String, String> environment) {
    return maxBytes(Values.of(List.of(), environment));
  }

  private static long maxBytes(Values values) {
    return values.bytes(Setting.MODEL_MAX_BYTES, FetchSettings.DEFAULT_MAX_BYTES);
  }

  private static FetchSettings fetchSettings(Values values, Map<String, String> environment) {
    return new FetchSettings(
        maxBytes(values),
        values.duration(Setting.MODEL_DEADLINE, FetchSettings.DEFAULT_DEADLINE),
        values.text(Setting.MODEL_CREDENTIALS_DIR).map(Path::of),
        AllowedHosts.parse(values.text(Setting.MODEL_ALLOWED_HOSTS).orElse("")),
        values
            .text(Setting.MODEL_DOWNLOAD_DIR)
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"))),
        FetchSettings.DEFAULT_MOUNT,
        // Google's own libraries read these too, so they have no options here.
        Optional.ofNullable(environment.get("STORAGE_EMULATOR_HOST")),
        Optional.ofNullable(environment.get("GOOGLE_APPLICATION_CREDENTIALS")),
        Optional.ofNullable(environment.get("GCE_METADATA_HOST")));
  }

  /** The help text's lines on the settings. */
  public static String help() {
    return Arrays.stream(Setting.values()).map(Setting::help).collect(joining("\n"));
  }

  /** {@code gs://bucket/flights/flight-delay.pkl} is the model {@code flight-delay}. */
  private static String nameOf(String uri) {
    String path = uri.replaceFirst("[?#].*$", "");
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.indexOf('.');
    String name = (dot > 0 ? file.substring(0, dot) : file).replaceAll("[^A-Za-z0-9_-]", "-");
    return NAME.matcher(name).matches() ? name : "model";
  }

  private record Values(Map<Setting, String> values) {

    static Values of(List<String> options, Map<String, String> environment) {
      Map<Setting, String> values = new EnumMap<>(Setting.class);
      for (Setting setting : Setting.values()) {
        String value = environment.get(setting.name());
        if (value != null && !value.isBlank()) {
          values.put(setting, value.strip());
        }
      }
      for (String option : options) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        Setting setting =
            Setting.ofOption(name)
                .orElseThrow(
                    () ->
                        new SettingException(
                            "there is no option '%s'; --help lists them".formatted(name)));
        if (equals < 0 || equals == option.length() - 1) {
          throw new SettingException("%s takes a value: %s=..".formatted(name, setting.option()));
        }
        values.put(setting, option.substring(equals + 1));
      }
      return new Values(values);
    }

    Optional<String> text(Setting setting) {
      return Optional.ofNullable(values.get(setting));
    }

    Optional<String> matching(Setting setting, Pattern pattern, String takes) {
      Optional<String> value = text(setting);
      value
          .filter(text -> !pattern.matcher(text).matches())
          .ifPresent(
              text -> {
                throw unusable(setting, text, takes);
              });
      return value;
    }

    int integer(Setting setting, int least, int most, int fallback) {
      String text = values.get(setting);
      if (text == null) {
        return fallback;
      }
      String takes = "a whole number from " + least + " to " + most;
      try {
        int value = Integer.parseInt(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw unusable(setting, text, takes);
      }
      throw unusable(setting, text, takes);
    }

    long bytes(Setting setting, long fallback) {
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
    Duration duration(Setting setting, Duration fallback) {
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
        if (duration.isPositive() && duration.compareTo(LONGEST_DEADLINE) <= 0) {
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
}
