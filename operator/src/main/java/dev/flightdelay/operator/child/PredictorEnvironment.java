package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.Cors;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.Limits;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.auth.AuthScheme;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.List;

/** The predictor's settings, in the order in which they stand in the container. */
final class PredictorEnvironment {

  static final String CREDENTIALS = "/credentials";

  private final List<EnvVar> variables = new ArrayList<>();

  private PredictorEnvironment() {}

  static List<EnvVar> of(DesiredVersion version) {
    FlightDelayModelSpec spec = version.spec();
    PredictorEnvironment environment = new PredictorEnvironment();
    environment.model(version.naming(), version.version(), version.settings());
    environment.auth(spec.authSchemes(), version.version(), version.settings());
    environment.cors(spec.cors());
    environment.limits(spec.limits());
    return environment.variables;
  }

  private void model(Naming naming, ModelVersion version, ChildSettings settings) {
    set("MODEL_NAME", naming.model());
    set("MODEL_VERSION", version.name());
    ModelLocation location = ModelLocation.of(version.model());
    set("MODEL_URI", location.predictorUri());
    set("MODEL_SHA256", version.model().sha256());
    set("MODEL_ENTRY", version.model().entry());
    set("MODEL_MAX_BYTES", version.model().maxSize());
    if (location instanceof ModelLocation.Fetched) {
      set("MODEL_DOWNLOAD_DIR", ModelLocation.MOUNT);
      set("MODEL_ALLOWED_HOSTS", settings.modelAllowedHosts());
    }
    if (version.model().credentialsSecret() != null) {
      set("MODEL_CREDENTIALS_DIR", CREDENTIALS);
    }
  }

  private void auth(List<AuthScheme> schemes, ModelVersion version, ChildSettings settings) {
    schemes.forEach(scheme -> scheme.settings().forEach(this::set));
    // Who is asked about callers is reached by the same rules as a store, which has said so above.
    if (schemes.stream().anyMatch(AuthScheme::asksOthers)
        && !(ModelLocation.of(version.model()) instanceof ModelLocation.Fetched)) {
      set("MODEL_ALLOWED_HOSTS", settings.modelAllowedHosts());
    }
  }

  private void cors(Cors cors) {
    if (cors != null) {
      // The predictor takes it alone only.
      set("CORS_ORIGINS", cors.origins().contains("*") ? "*" : String.join(",", cors.origins()));
    }
  }

  private void limits(Limits limits) {
    if (limits != null) {
      set("LIMIT_IN_FLIGHT", limits.inFlight());
      set("LIMIT_PER_CALLER", limits.requestsPerSecondPerCaller());
      set("LIMIT_CONNECTIONS", limits.connections());
      set("MODEL_MAX_ROW_COST", limits.maxRowCost());
      set("LIMIT_ROWS_PER_CALLER", limits.rowsPerSecondPerCaller());
      set("TRUSTED_PROXIES", String.join(",", limits.trustedProxies()));
      set("LIMIT_PREDICTION_TIME", limits.predictionSeconds());
    }
  }

  private void set(String name, Number value) {
    set(name, value == null ? null : value.toString());
  }

  private void set(String name, String value) {
    if (value != null && !value.isEmpty()) {
      // The kubelet would replace $(NAME); doubled, it stays as it was written.
      variables.add(new EnvVar(name, value.replace("$(", "$$("), null));
    }
  }
}
