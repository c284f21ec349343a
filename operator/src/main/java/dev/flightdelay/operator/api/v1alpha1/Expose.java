package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How clients outside the cluster reach the predictions. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "self.type != 'HTTPRoute' || (has(self.parentRefs) && size(self.parentRefs) > 0)",
    message =
        "parentRefs must name the Gateway where type is HTTPRoute, such as [{name: my-gateway}]",
    fieldPath = ".parentRefs")
@ValidationRule(
    value = "self.type == 'HTTPRoute' || !has(self.parentRefs)",
    message = "parentRefs is for type HTTPRoute",
    fieldPath = ".parentRefs")
@ValidationRule(
    value = "self.type == 'Ingress' || !has(self.ingressClassName)",
    message = "ingressClassName is for type Ingress",
    fieldPath = ".ingressClassName")
@ValidationRule(
    value = "self.type == 'Ingress' || !has(self.tlsSecretName)",
    message =
        "tlsSecretName is for type Ingress; with HTTPRoute the Gateway's listener holds the"
            + " certificate",
    fieldPath = ".tlsSecretName")
@ValidationRule(
    value = "!has(self.tlsSecretName) || has(self.host)",
    message = "host must be set where tlsSecretName is: a certificate is for a host",
    fieldPath = ".host")
@ValidationRule(
    value = "self.type != 'None' || !has(self.host)",
    message = "host is for type Ingress and HTTPRoute",
    fieldPath = ".host")
public record Expose(
    @Default("Ingress")
        @JsonPropertyDescription(
            "Ingress (default): one version gets all traffic. HTTPRoute: a route of the Gateway API,"
                + " which splits traffic and follows the header x-model-version. None: only"
                + " Services inside the cluster.")
        Type type,
    @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")
        @JsonPropertyDescription(
            "The host name that belongs to this model alone, with every path below /. Without it"
                + " only /v2/models/<name> and /v1/models/<name> are routed, on every host.")
        String host,
    @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("The class of the Ingress. Default: the cluster's default class.")
        String ingressClassName,
    @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription(
            "A Secret of type kubernetes.io/tls of this namespace, with the certificate for host.")
        String tlsSecretName,
    @Size(max = 8)
        @JsonPropertyDescription(
            "The Gateways that the HTTPRoute attaches to, 1 to 8; required for type HTTPRoute.")
        List<ParentRef> parentRefs) {

  /** What routes to the versions. */
  public enum Type {
    Ingress,
    HTTPRoute,
    None
  }

  static final Expose DEFAULT = new Expose(Type.Ingress, null, null, null, null);

  public Expose {
    type = type == null ? Type.Ingress : type;
    parentRefs = parentRefs == null ? List.of() : List.copyOf(parentRefs);
  }
}
