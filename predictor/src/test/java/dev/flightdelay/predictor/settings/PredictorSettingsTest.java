package dev.flightdelay.predictor.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flightdelay.predictor.auth.AuthenticationSettings;
import dev.flightdelay.predictor.auth.apikey.ApiKeySettings;
import dev.flightdelay.predictor.auth.caller.CallerLimits;
import dev.flightdelay.predictor.auth.jwt.AllowedClaim;
import dev.flightdelay.predictor.auth.jwt.JwtSettings;
import dev.flightdelay.predictor.auth.jwt.JwtTokens;
import dev.flightdelay.predictor.auth.ldap.LdapPasswords;
import dev.flightdelay.predictor.auth.ldap.LdapSettings;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.settings.value.SettingException;
import dev.flightdelay.predictor.source.ModelLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictorSettingsTest {

  @Test
  void hasDefaults() {
    PredictorSettings settings = of(Map.of("MODEL_MAX_BYTES", ""));

    assertThat(settings.modelVersion()).isEqualTo("v1");
    assertThat(settings.sha256()).isEmpty();
    assertThat(settings.address()).isEqualTo("0.0.0.0");
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.managementPort()).isEqualTo(9090);
    assertThat(settings.fetch().maxBytes()).isEqualTo(536_870_912);
    assertThat(settings.fetch().deadline()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.fetch().mount()).isEqualTo(Path.of("/model"));
    assertThat(settings.fetch().credentialsDirectory()).isEmpty();
  }

  @Test
  void prefersTheOptionToTheEnvironment() {
    PredictorSettings settings =
        PredictorSettings.of(
            List.of("--model=a.pkl", "--port=1234"), Map.of("MODEL_URI", "b.pkl", "PORT", "9"));

    assertThat(settings.location()).isEqualTo(ModelLocation.file("a.pkl"));
    assertThat(settings.port()).isEqualTo(1234);
  }

  @ParameterizedTest
  @CsvSource({
    "flight-delay.pkl, flight-delay",
    "gs://bucket/path/Delay_model.v2.pkl, Delay_model",
    "https://host/model.pkl?signature=a/b, model",
    "/models/.pkl, model",
    "two words.sav, two-words"
  })
  void namesTheModelAfterItsFile(String uri, String name) {
    assertThat(PredictorSettings.of(List.of("--model=" + uri), Map.of()).modelName())
        .isEqualTo(name);
  }

  @Test
  void letsEverybodyCallUnlessToldOtherwise() {
    assertThat(of(Map.of()).authentication()).isEqualTo(AuthenticationSettings.OPEN);
  }

  @Test
  void readsWhoMayCall() {
    AuthenticationSettings read =
        of(Map.of(
                "API_KEYS_DIR", "/api-keys",
                "JWT_ISSUER", "https://issuer",
                "JWT_JWKS_URI", "https://issuer/keys",
                "JWT_AUDIENCES", "a, b",
                "JWT_ALLOWED", "[{\"claim\":\"groups\",\"values\":[\"x\",\"y\"]}]",
                "LDAP_URL", "ldaps://directory",
                "LDAP_BIND_DN", "uid={0},dc=x",
                "LIMIT_PER_CALLER", "50"))
            .authentication();

    assertThat(read.schemes())
        .containsExactly(
            new ApiKeySettings(Path.of("/api-keys")),
            new JwtTokens(
                new JwtSettings(
                    "https://issuer",
                    "https://issuer/keys",
                    List.of("a", "b"),
                    List.of(new AllowedClaim("groups", Set.of("x", "y"))))),
            new LdapPasswords(
                new LdapSettings("ldaps://directory", "uid={0},dc=x", Optional.empty())));
    assertThat(read.perCaller().requests()).hasValue(50);
  }

  @ParameterizedTest
  @CsvSource({
    "JWT_ISSUER, JWT_JWKS_URI",
    "JWT_ALLOWED, JWT_ISSUER",
    "LDAP_URL, LDAP_BIND_DN",
    "LDAP_GROUP, LDAP_URL"
  })
  void refusesHalfOfWhatChecksCallers(String name, String missing) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> of(Map.of(name, "x")))
        .withMessageContaining(name + " is set, but " + missing + " is not");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "groups",
        "{}",
        "[]",
        "[{}]",
        "[{\"claim\":\"groups\"}]",
        "[{\"claim\":\"groups\",\"values\":[]}]",
        "[{\"claim\":\"groups\",\"values\":[\"a\"],\"more\":1}]",
        "[{\"claim\":\"groups\",\"values\":[\"a\"]}] x"
      })
  void refusesAllowedClaimsThatAreNone(String text) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(
            () ->
                of(
                    Map.of(
                        "JWT_ISSUER", "i",
                        "JWT_JWKS_URI", "https://i",
                        "JWT_AUDIENCES", "a",
                        "JWT_ALLOWED", text)))
        .withMessageContaining("JWT_ALLOWED");
  }

  @Test
  void takesFromVertexAiWhatIsNotSetOtherwise() {
    Map<String, String> vertex =
        Map.of(
            "AIP_STORAGE_URI", "gs://bucket/flights/delay/",
            "AIP_HTTP_PORT", "8081",
            "AIP_PREDICT_ROUTE", "/v1/endpoints/1/deployedModels/2:predict",
            "AIP_HEALTH_ROUTE", "/v1/endpoints/1/deployedModels/2");

    PredictorSettings alone = PredictorSettings.of(List.of(), vertex);
    PredictorSettings set = PredictorSettings.of(List.of("--model=a.pkl", "--port=9"), vertex);
    PredictorSettings folder = PredictorSettings.of(List.of("--model-folder=/models/x"), vertex);

    assertThat(alone.location()).isEqualTo(ModelLocation.folder("gs://bucket/flights/delay/"));
    assertThat(alone.modelName()).isEqualTo("delay");
    assertThat(alone.port()).isEqualTo(8081);
    assertThat(alone.predictRoute()).hasValue("/v1/endpoints/1/deployedModels/2:predict");
    assertThat(alone.healthRoute()).hasValue("/v1/endpoints/1/deployedModels/2");
    assertThat(set.location()).isEqualTo(ModelLocation.file("a.pkl"));
    assertThat(set.port()).isEqualTo(9);
    assertThat(folder.location()).isEqualTo(ModelLocation.folder("/models/x"));
  }

  @ParameterizedTest
  @CsvSource({"90, 90", "90s, 90", "5m, 300", "1h, 3600", "PT1M30S, 90", "1m30s, 90"})
  void readsADeadline(String text, long seconds) {
    assertThat(of(Map.of("MODEL_DEADLINE", text)).fetch().deadline())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"1048576, 1048576", "64Mi, 67108864", "2Ki, 2048", "1Gi, 1073741824"})
  void readsASize(String text, long bytes) {
    assertThat(of(Map.of("MODEL_MAX_BYTES", text)).fetch().maxBytes()).isEqualTo(bytes);
  }

  @Test
  void allowsRowsToCostMore() {
    assertThat(of(Map.of()).maxRowCost()).isEqualTo(100_000_000);
    assertThat(of(Map.of("MODEL_MAX_ROW_COST", "5000000000")).maxRowCost())
        .isEqualTo(5_000_000_000L);
  }

  @Test
  void downloadsIntoANewDirectoryUnlessOneIsNamed() {
    assertThat(of(Map.of()).fetch().directory()).isEmpty();
    assertThat(of(Map.of("MODEL_DOWNLOAD_DIR", "/model")).fetch().directory())
        .hasValue(Path.of("/model"));
  }

  @ParameterizedTest
  @CsvSource({
    "MODEL_DEADLINE, soon",
    "AIP_HTTP_PORT, 0",
    "AIP_PREDICT_ROUTE, predict",
    "AIP_PREDICT_ROUTE, /predict?a",
    "AIP_HEALTH_ROUTE, /a b",
    "MODEL_DEADLINE, 0",
    "MODEL_DEADLINE, -5s",
    "MODEL_DEADLINE, PT48H",
    "MODEL_MAX_BYTES, 64MB",
    "MODEL_MAX_BYTES, 0",
    "MODEL_MAX_BYTES, 2Gi",
    "MODEL_MAX_ROW_COST, 0",
    "MODEL_MAX_ROW_COST, 1e9",
    "MODEL_SHA256, abc",
    "MODEL_NAME, a/b",
    "MODEL_VERSION, -",
    "PORT, 65536",
    "PORT, http",
    "EVENT_LOOPS, 0",
    "LIMIT_CONNECTIONS, -1",
    "LIMIT_IDLE_TIME, 0",
    "LIMIT_IDLE_TIME, never",
    "LIMIT_PER_CALLER, 0",
    "LIMIT_ROWS_PER_CALLER, 1.5",
    "LIMIT_PREDICTION_TIME, 0s"
  })
  void namesTheVariableThatIsWrong(String variable, String value) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> of(Map.of(variable, value)))
        .withMessageStartingWith(variable)
        .withMessageContaining("'" + value + "'");
  }

  @Test
  void boundsWhatAPredictionAndACallerMayTake() {
    assertThat(of(Map.of()).predictionTime())
        .isEqualTo(DataPlaneLimits.DEFAULT_PREDICTION_TIME)
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(of(Map.of("LIMIT_PREDICTION_TIME", "5s")).predictionTime())
        .isEqualTo(Duration.ofSeconds(5));
    CallerLimits limits =
        of(Map.of("LIMIT_ROWS_PER_CALLER", "5000", "TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1"))
            .authentication()
            .perCaller();

    assertThat(limits.requests()).isEmpty();
    assertThat(limits.rows()).hasValue(5000);
    assertThat(limits.proxies().isNone()).isFalse();
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> of(Map.of("TRUSTED_PROXIES", "10.0.0.0/8,ingress")))
        .withMessageContaining("TRUSTED_PROXIES has the entry")
        .withMessageContaining("ingress");
  }

  @ParameterizedTest
  @CsvSource({
    "--colour=red, there is no option '--colour'",
    "--port, --port takes a value",
    "--port=, --port takes a value",
    "model.pkl, there is no option 'model.pkl'"
  })
  void saysWhatIsWrongWithAnOption(String option, String says) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> PredictorSettings.of(List.of("--model=m.pkl", option), Map.of()))
        .withMessageContaining(says);
  }

  @Test
  void takesValuesBehindAnEqualsSignOrAsTheNextWord() {
    PredictorSettings settings =
        PredictorSettings.of(
            List.of("--model", "m.pkl", "--port", "8081", "--model-name=a"), Map.of());

    assertThat(settings)
        .usingRecursiveComparison()
        .isEqualTo(
            PredictorSettings.of(
                List.of("--model=m.pkl", "--port=8081", "--model-name=a"), Map.of()));
    assertThat(settings.port()).isEqualTo(8081);
    assertThat(settings.modelName()).isEqualTo("a");
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> PredictorSettings.of(List.of("--model", "--port=8081"), Map.of()))
        .withMessageContaining("--model takes a value");
  }

  @Test
  void saysThatAModelIsNeeded() {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> PredictorSettings.of(List.of(), Map.of()))
        .withMessageContaining("--model=");
  }

  private static PredictorSettings of(Map<String, String> environment) {
    return PredictorSettings.of(List.of("--model=m.pkl"), environment);
  }
}
