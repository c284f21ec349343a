package dev.flightdelay.predictor.settings;

import static java.util.stream.Collectors.joining;

import dev.flightdelay.predictor.auth.AuthenticationSettings;
import dev.flightdelay.predictor.auth.caller.CallerLimits;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.network.InvalidAddressException;
import dev.flightdelay.predictor.network.TrustedProxies;
import dev.flightdelay.predictor.settings.value.Setting;
import dev.flightdelay.predictor.settings.value.SettingException;
import dev.flightdelay.predictor.settings.value.Values;
import dev.flightdelay.predictor.source.FetchSettings;
import dev.flightdelay.predictor.source.ModelFolder;
import dev.flightdelay.predictor.source.ModelLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How the predictor serves, checked once at the start.
 *
 * @param location where the model is
 * @param sha256 64 lower-case hex digits
 * @param maxRowCost the operations that a row may take: see {@link RowBudget}
 * @param fetch how the model's bytes are got
 * @param authentication who may call, and how often
 * @param predictRoute a further path that predictions are asked at
 * @param healthRoute a further path that health is asked at
 * @param corsOrigins whose pages may read answers: origins, or {@code *}
 * @param eventLoops threads that serve predictions
 * @param idleTime how long a connection stays open between requests
 * @param predictionTime how long a prediction may take
 */
public record PredictorSettings(
    ModelLocation location,
    String modelName,
    String modelVersion,
    Optional<String> sha256,
    String entry,
    long maxRowCost,
    FetchSettings fetch,
    AuthenticationSettings authentication,
    String address,
    int port,
    Optional<String> predictRoute,
    Optional<String> healthRoute,
    int managementPort,
    List<String> corsOrigins,
    int eventLoops,
    int inFlight,
    int connections,
    Duration idleTime,
    Duration predictionTime) {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  /** Some hours for a row. */
  private static final long MAX_ROW_COST = 1_000_000_000_000_000L;

  /** As browsers write an origin: without a path, and without the port that its scheme has. */
  private static final String ORIGIN =
      "[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?";

  private static final Pattern ORIGINS =
      Pattern.compile("\\*|" + ORIGIN + "( *, *" + ORIGIN + ")*");

  /** Without what a request's target cannot have, or ends its path. */
  private static final Pattern PATH = Pattern.compile("/[!$&-;=@-Z_a-z~]*");

  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  /**
   * Settings from options and environment; an option wins.
   *
   * @throws SettingException if one is unknown, missing or not usable
   */
  public static PredictorSettings of(List<String> options, Map<String, String> environment) {
    Values values = Values.of(Known.ALL, Known.SHORT_OPTIONS, options, environment);
    ModelLocation location = location(values);
    return new PredictorSettings(
        location,
        values
            .matching(Known.MODEL_NAME, NAME, "letters, digits, and . _ - between them")
            .orElseGet(() -> nameOf(location.uri())),
        values
            .matching(Known.MODEL_VERSION, NAME, "letters, digits, and . _ - between them")
            .orElse("v1"),
        values
            .matching(Known.MODEL_SHA256, SHA256, "64 hex digits, as sha256sum prints them")
            .map(digits -> digits.toLowerCase(Locale.ROOT)),
        values.text(Known.MODEL_ENTRY).orElse(""),
        maxRowCost(values),
        fetchSettings(values, environment),
        AuthenticationSettings.of(values, callerLimits(values)),
        values.text(Known.ADDRESS).orElse("0.0.0.0"),
        values.integer(Known.PORT, 0, 65535, values.integer(Known.AIP_HTTP_PORT, 1, 65535, 8080)),
        path(values, Known.AIP_PREDICT_ROUTE),
        path(values, Known.AIP_HEALTH_ROUTE),
        values.integer(Known.MANAGEMENT_PORT, 0, 65535, 9090),
        corsOrigins(values),
        values.integer(Known.EVENT_LOOPS, 1, 1024, Runtime.getRuntime().availableProcessors()),
        values.integer(Known.LIMIT_IN_FLIGHT, 1, 1_000_000, 1024),
        values.integer(Known.LIMIT_CONNECTIONS, 1, 1_000_000, 20_000),
        values.duration(Known.LIMIT_IDLE_TIME, Duration.ofSeconds(620)),
        values.duration(Known.LIMIT_PREDICTION_TIME, Duration.ofSeconds(60)));
  }

  private static List<String> corsOrigins(Values values) {
    return values
        .matching(
            Known.CORS_ORIGINS,
            ORIGINS,
            "* or origins as browsers send them, such as https://flights.example")
        .map(text -> List.of(text.split(" *, *")))
        .orElse(List.of());
  }

  /** What is named; else what a platform brings: a folder, whose file it does not name. */
  private static ModelLocation location(Values values) {
    Optional<String> uri = values.text(Known.MODEL_URI);
    if (uri.isPresent()) {
      return ModelLocation.file(uri.get());
    }
    Optional<String> folder =
        values.text(Known.MODEL_FOLDER).or(() -> values.text(Known.AIP_STORAGE_URI));
    if (folder.isPresent()) {
      return ModelLocation.folder(folder.get());
    }
    if (Files.isDirectory(Path.of(ModelFolder.DEFAULT))) {
      return ModelLocation.folder(ModelFolder.DEFAULT);
    }
    throw new SettingException("no model is named: give --model=FILE-OR-URI, or set MODEL_URI");
  }

  private static Optional<String> path(Values values, Setting setting) {
    return values.matching(setting, PATH, "a path such as /predict");
  }

  /**
   * The largest model that is read, for a command that takes no other setting.
   *
   * @throws SettingException if the environment has one that is not usable
   */
  public static long maxBytes(Map<String, String> environment) {
    return maxBytes(Values.of(Known.ALL, Known.SHORT_OPTIONS, List.of(), environment));
  }

  /**
   * The operations that a row may take, for a command that takes no other setting.
   *
   * @throws SettingException if the environment has one that is not usable
   */
  public static long maxRowCost(Map<String, String> environment) {
    return maxRowCost(Values.of(Known.ALL, Known.SHORT_OPTIONS, List.of(), environment));
  }

  private static long maxRowCost(Values values) {
    return values.integer(Known.MODEL_MAX_ROW_COST, 1, MAX_ROW_COST, RowBudget.DEFAULT_MAX_COST);
  }

  private static long maxBytes(Values values) {
    return values.bytes(Known.MODEL_MAX_BYTES, FetchSettings.DEFAULT_MAX_BYTES);
  }

  private static CallerLimits callerLimits(Values values) {
    return new CallerLimits(
        limit(values, Known.LIMIT_PER_CALLER, 1_000_000),
        limit(values, Known.LIMIT_ROWS_PER_CALLER, 100_000_000),
        trustedProxies(values));
  }

  private static OptionalInt limit(Values values, Setting setting, int most) {
    return values.text(setting).isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(values.integer(setting, 1, most, 0));
  }

  private static TrustedProxies trustedProxies(Values values) {
    try {
      return TrustedProxies.parse(
          values.text(Known.TRUSTED_PROXIES).orElse(""), Known.TRUSTED_PROXIES.name());
    } catch (InvalidAddressException e) {
      throw new SettingException(e.getMessage());
    }
  }

  private static FetchSettings fetchSettings(Values values, Map<String, String> environment) {
    return new FetchSettings(
        maxBytes(values),
        values.duration(Known.MODEL_DEADLINE, FetchSettings.DEFAULT_DEADLINE),
        values.text(Known.MODEL_CREDENTIALS_DIR).map(Path::of),
        FetchSettings.allowedHosts(values.text(Known.MODEL_ALLOWED_HOSTS).orElse("")),
        values.text(Known.MODEL_DOWNLOAD_DIR).map(Path::of),
        FetchSettings.DEFAULT_MOUNT,
        // Google's own libraries read these too, so they have no options here.
        Optional.ofNullable(environment.get("STORAGE_EMULATOR_HOST")),
        Optional.ofNullable(environment.get("GOOGLE_APPLICATION_CREDENTIALS")),
        Optional.ofNullable(environment.get("GCE_METADATA_HOST")));
  }

  /** The help text's lines on the settings. */
  public static String help() {
    return Known.ALL.stream().map(Setting::help).collect(joining("\n"));
  }

  /** {@code gs://bucket/flights/flight-delay.pkl} is the model {@code flight-delay}. */
  private static String nameOf(String uri) {
    String path = uri.replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.indexOf('.');
    String name = (dot > 0 ? file.substring(0, dot) : file).replaceAll("[^A-Za-z0-9_-]", "-");
    return NAME.matcher(name).matches() ? name : "model";
  }
}
