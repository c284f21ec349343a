package dev.flightdelay.predictor.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be set: each by an environment variable, or by an option of the same name,
 * such as {@code MODEL_SHA256} and {@code --model-sha256=}. An option wins.
 */
enum Setting {
  MODEL_URI("what to serve: a path, file:, http(s)://, gs:// or s3://; --model= for short", ""),
  MODEL_NAME("the model's name in the paths", "the file's name"),
  MODEL_VERSION("the version in the paths and in x-model-version", "v1"),
  MODEL_SHA256("the file's SHA-256, checked before it is read; required for a URI", ""),
  MODEL_ENTRY("where the estimator is inside a dictionary, tuple or list: models.0", ""),
  MODEL_MAX_BYTES("the largest file that is fetched: bytes, or with Ki, Mi, Gi", "512Mi"),
  MODEL_MAX_ROW_COST("the operations that a row may take, estimated of the model", "100000000"),
  MODEL_DEADLINE("how long fetching may take, retries included: seconds, or 90s, 5m", "5m"),
  MODEL_CREDENTIALS_DIR(
      "a folder with access-key-id, secret-access-key, region, endpoint, header, hosts", ""),
  MODEL_ALLOWED_HOSTS(
      "hosts, host:port or CIDRs that may be loopback, private or cluster addresses", ""),
  MODEL_DOWNLOAD_DIR("the folder that downloads go to and are found again in", "a new one"),
  ADDRESS("the address to listen on", "0.0.0.0"),
  PORT("predictions, the page and health", "8080"),
  MANAGEMENT_PORT("/actuator/prometheus and /actuator/info", "9090"),
  EVENT_LOOPS("threads that serve predictions", "the processors"),
  API_KEYS_DIR("a folder of API keys: a file a caller, a key a line; read again when changed", ""),
  JWT_ISSUER("tokens of this issuer (iss) may call", ""),
  JWT_JWKS_URI("where the issuer's keys are", ""),
  JWT_AUDIENCES("one of these must be in a token's aud; separated by commas", ""),
  JWT_ALLOWED("claims that a token must have: [{\"claim\":\"groups\",\"values\":[\"a\"]}]", ""),
  LDAP_URL("users of this directory may call: ldaps://host:636, or ldap:// with StartTLS", ""),
  LDAP_BIND_DN("the name to bind with: uid={0},ou=people,dc=example,dc=com", ""),
  LDAP_GROUP("the group whose members may call", "every user"),
  LIMIT_PER_CALLER("requests a second of one caller; above it 429", "no limit"),
  LIMIT_IN_FLIGHT("requests answered at a time; above it 503", "1024"),
  LIMIT_CONNECTIONS("open connections; above it new ones are closed", "20000");

  private final String meaning;
  private final String fallback;

  Setting(String meaning, String fallback) {
    this.meaning = meaning;
    this.fallback = fallback;
  }

  String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The setting that an option such as {@code --model-name} sets. */
  static Optional<Setting> ofOption(String option) {
    if (option.equals("--model")) {
      return Optional.of(MODEL_URI);
    }
    return Arrays.stream(values()).filter(setting -> setting.option().equals(option)).findFirst();
  }

  /** A line of the help text. */
  String help() {
    return "  %-24s %s%s"
        .formatted(option(), meaning, fallback.isEmpty() ? "" : " (" + fallback + ")");
  }
}
