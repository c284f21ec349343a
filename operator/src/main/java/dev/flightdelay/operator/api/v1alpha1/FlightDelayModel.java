package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A pickled model, in one or more versions, served over HTTP. */
@Group(FlightDelayModel.GROUP)
@Version("v1alpha1")
@Kind("FlightDelayModel")
@Singular("flightdelaymodel")
@Plural("flightdelaymodels")
@ShortNames("fdm")
@Categories("all")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = Type.STRING)
@AdditionalPrinterColumn(name = "Traffic", jsonPath = ".status.traffic", type = Type.STRING)
@AdditionalPrinterColumn(name = "Replicas", jsonPath = ".status.readyReplicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.url", type = Type.STRING)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@ValidationRule(
    value =
        "size(self.metadata.name) <= 40 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
    message =
        "metadata.name must start with a letter, have only a-z, 0-9 and - after it, end with a"
            + " letter or digit, and be at most 40 characters long: names of Services are made of it")
public class FlightDelayModel extends CustomResource<FlightDelayModelSpec, FlightDelayModelStatus>
    implements Namespaced {

  public static final String GROUP = "flightdelay.dev";

  private static final long serialVersionUID = 1;

  @Required
  @Override
  public FlightDelayModelSpec getSpec() {
    return super.getSpec();
  }

  /**
   * Never, to the SDK: it keeps from a reconciler without a finalizer of its own what is being
   * deleted. A model that another's finalizer holds has a status to be told all the same; that it
   * is being deleted stands in metadata.deletionTimestamp.
   */
  @JsonIgnore
  @Override
  public boolean isMarkedForDeletion() {
    return false;
  }
}
