package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.flightdelay.operator.api.v1alpha1.auth.AuthScheme;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What should be served, where, to whom and by how many pods. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "self.versions.map(v, v.traffic).sum() == 100",
    message = "the traffic of all spec.versions must add up to 100",
    fieldPath = ".versions")
@ValidationRule(
    value = "self.versions.all(v, oldSelf.versions.all(o, o.name != v.name || o.model == v.model))",
    message =
        "spec.versions[].model cannot be changed: add a version with another name for new content,"
            + " and move traffic to it",
    fieldPath = ".versions")
@ValidationRule(
    value =
        "(has(self.expose) && self.expose.type != 'Ingress')"
            + " || self.versions.exists(v, v.traffic == 100)",
    message =
        "an Ingress cannot split traffic: give one of spec.versions traffic 100 and the others 0,"
            + " or set spec.expose.type to HTTPRoute to split",
    fieldPath = ".versions")
public record FlightDelayModelSpec(
    @Required
        @Size(min = 1, max = 10)
        @JsonPropertyDescription(
            "The versions of the model, 1 to 10, each with a name of its own. Every version keeps"
                + " running pods, also with traffic 0, so that going back to it is immediate.")
        List<ModelVersion> versions,
    @JsonPropertyDescription("How the pods look that serve the versions.")
        PredictorTemplate predictor,
    @JsonPropertyDescription(
            "How many pods each version gets, unless the version says it itself. Default: 2 to 10"
                + " by CPU.")
        Autoscaling autoscaling,
    @JsonPropertyDescription(
            "How clients outside the cluster reach the predictions. Default: an Ingress of the"
                + " cluster's default class.")
        Expose expose,
    @JsonPropertyDescription("Who may ask for predictions. Default: everyone who reaches the pods.")
        Auth auth,
    @JsonPropertyDescription(
            "Which web pages may ask for predictions from a browser (CORS). Default: only the"
                + " predictor's own.")
        Cors cors,
    @JsonPropertyDescription("How much one pod takes on.") Limits limits,
    @Default("" + FlightDelayModelSpec.DEFAULT_DRAIN_SECONDS)
        @Min(0)
        @Max(3600)
        @JsonPropertyDescription(
            "How many seconds the pods of a removed version stay after traffic has left them."
                + " 0 to 3600, default 10.")
        Integer drainSeconds) {

  public static final int DEFAULT_DRAIN_SECONDS = 10;

  public FlightDelayModelSpec {
    versions = versions == null ? List.of() : List.copyOf(versions);
    predictor = predictor == null ? PredictorTemplate.DEFAULT : predictor;
    autoscaling = autoscaling == null ? Autoscaling.DEFAULT : autoscaling;
    expose = expose == null ? Expose.DEFAULT : expose;
    drainSeconds = drainSeconds == null ? DEFAULT_DRAIN_SECONDS : drainSeconds;
  }

  /** How callers are known; empty where everyone may ask. */
  public List<AuthScheme> authSchemes() {
    return auth == null ? List.of() : auth.schemes();
  }
}
