package dev.flightdelay.predictor.settings;

import dev.flightdelay.predictor.auth.Schemes;
import dev.flightdelay.predictor.settings.value.Setting;
import dev.flightdelay.predictor.source.ModelFolder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything that can be set; what callers are known by says itself what is set of it. */
final class Known {

  static final Setting MODEL_URI =
      new Setting(
          "MODEL_URI",
          "what to serve: a path, file:, http(s)://, gs:// or s3://; --model= for short");
  static final Setting MODEL_FOLDER =
      new Setting(
          "MODEL_FOLDER",
          "where MODEL_URI is not set: a folder with one model file in it",
          ModelFolder.DEFAULT);
  static final Setting AIP_STORAGE_URI =
      new Setting(
          "AIP_STORAGE_URI",
          "where neither is set: the same as a gs:// folder, or a path; Vertex AI sets it");
  static final Setting MODEL_NAME =
      new Setting("MODEL_NAME", "the model's name in the paths", "the file's or folder's name");
  static final Setting MODEL_VERSION =
      new Setting("MODEL_VERSION", "the version in the paths and in x-model-version", "v1");
  static final Setting MODEL_SHA256 =
      new Setting(
          "MODEL_SHA256", "the file's SHA-256, checked before it is read; required for a URI");
  static final Setting MODEL_ENTRY =
      new Setting(
          "MODEL_ENTRY", "where the estimator is inside a dictionary, tuple or list: models.0");
  static final Setting MODEL_MAX_BYTES =
      new Setting(
          "MODEL_MAX_BYTES",
          "the largest file that is fetched: bytes, or with Ki, Mi, Gi",
          "512Mi");
  static final Setting MODEL_MAX_ROW_COST =
      new Setting(
          "MODEL_MAX_ROW_COST",
          "the operations that a row may take, estimated of the model",
          "100000000");
  static final Setting MODEL_DEADLINE =
      new Setting(
          "MODEL_DEADLINE",
          "how long fetching may take, retries included: seconds, or 90s, 5m",
          "5m");
  static final Setting MODEL_CREDENTIALS_DIR =
      new Setting(
          "MODEL_CREDENTIALS_DIR",
          "a folder with access-key-id, secret-access-key, region, endpoint, header, hosts");
  static final Setting MODEL_ALLOWED_HOSTS =
      new Setting(
          "MODEL_ALLOWED_HOSTS",
          "hosts, host:port or CIDRs that may be loopback, private or cluster addresses");
  static final Setting MODEL_DOWNLOAD_DIR =
      new Setting(
          "MODEL_DOWNLOAD_DIR",
          "the folder that downloads go to and are found again in",
          "a new one");
  static final Setting ADDRESS = new Setting("ADDRESS", "the address to listen on", "0.0.0.0");
  static final Setting PORT = new Setting("PORT", "predictions, the page and health", "8080");
  static final Setting AIP_HTTP_PORT =
      new Setting("AIP_HTTP_PORT", "where PORT is not set: the same; Vertex AI sets it");
  static final Setting AIP_PREDICT_ROUTE =
      new Setting(
          "AIP_PREDICT_ROUTE",
          "a further path for what /v1/models/NAME:predict takes; Vertex AI sets it");
  static final Setting AIP_HEALTH_ROUTE =
      new Setting("AIP_HEALTH_ROUTE", "a further path for /readyz; Vertex AI sets it");
  static final Setting MANAGEMENT_PORT =
      new Setting("MANAGEMENT_PORT", "/actuator/prometheus and /actuator/info", "9090");
  static final Setting CORS_ORIGINS =
      new Setting(
          "CORS_ORIGINS",
          "whose pages may call from a browser: origins with commas between them, or *",
          "nobody's but its own");
  static final Setting EVENT_LOOPS =
      new Setting("EVENT_LOOPS", "threads that serve predictions", "the processors");
  static final Setting LIMIT_PER_CALLER =
      new Setting("LIMIT_PER_CALLER", "requests a second of one caller; above it 429", "no limit");
  static final Setting LIMIT_ROWS_PER_CALLER =
      new Setting("LIMIT_ROWS_PER_CALLER", "rows a second of one caller; above it 429", "no limit");
  static final Setting TRUSTED_PROXIES =
      new Setting(
          "TRUSTED_PROXIES",
          "addresses and CIDRs whose X-Forwarded-For says who calls, where no credentials do");
  static final Setting LIMIT_PREDICTION_TIME =
      new Setting(
          "LIMIT_PREDICTION_TIME",
          "how long a prediction may take; after it 503 if it was not begun, else 504",
          "60s");
  static final Setting LIMIT_IN_FLIGHT =
      new Setting("LIMIT_IN_FLIGHT", "requests answered at a time; above it 503", "1024");
  static final Setting LIMIT_CONNECTIONS =
      new Setting("LIMIT_CONNECTIONS", "open connections; above it new ones are closed", "20000");
  static final Setting LIMIT_IDLE_TIME =
      new Setting(
          "LIMIT_IDLE_TIME",
          "how long a connection stays open between requests: seconds, or 90s, 5m; longer than a"
              + " load balancer's",
          "620s");

  /** In the order of the help text. */
  static final List<Setting> ALL =
      Stream.of(
              List.of(
                  MODEL_URI,
                  MODEL_FOLDER,
                  AIP_STORAGE_URI,
                  MODEL_NAME,
                  MODEL_VERSION,
                  MODEL_SHA256,
                  MODEL_ENTRY,
                  MODEL_MAX_BYTES,
                  MODEL_MAX_ROW_COST,
                  MODEL_DEADLINE,
                  MODEL_CREDENTIALS_DIR,
                  MODEL_ALLOWED_HOSTS,
                  MODEL_DOWNLOAD_DIR,
                  ADDRESS,
                  PORT,
                  AIP_HTTP_PORT,
                  AIP_PREDICT_ROUTE,
                  AIP_HEALTH_ROUTE,
                  MANAGEMENT_PORT,
                  CORS_ORIGINS,
                  EVENT_LOOPS),
              Schemes.settings(),
              List.of(
                  LIMIT_PER_CALLER,
                  LIMIT_ROWS_PER_CALLER,
                  TRUSTED_PROXIES,
                  LIMIT_PREDICTION_TIME,
                  LIMIT_IN_FLIGHT,
                  LIMIT_CONNECTIONS,
                  LIMIT_IDLE_TIME))
          .flatMap(List::stream)
          .toList();

  /** Options that are shorter than a setting's own. */
  static final Map<String, Setting> SHORT_OPTIONS = Map.of("--model", MODEL_URI);

  private Known() {}
}
