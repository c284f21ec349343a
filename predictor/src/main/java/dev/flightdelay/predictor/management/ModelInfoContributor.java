package dev.flightdelay.predictor.management;

import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.model.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * What /actuator/info says of the model: the operator reads it into the custom resource's status.
 */
final class ModelInfoContributor implements InfoContributor {

  private final ServedModel model;

  ModelInfoContributor(ServedModel model) {
    this.model = model;
  }

  @Override
  public void contribute(Info.Builder builder) {
    Signature signature = model.signature();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("name", model.name());
    details.put("version", model.version());
    details.put("sha256", model.sha256());
    details.put("estimator", signature.estimator());
    details.put("library", signature.library());
    signature.libraryVersion().ifPresent(version -> details.put("libraryVersion", version));
    details.put("features", signature.features().count());
    details.put("featureNames", signature.features().names());
    if (signature.outputs() == 1) {
      details.put("classes", signature.labels().map(Labels::values).orElse(List.of()));
    } else {
      details.put("classesOfOutputs", signature.classes().stream().map(Labels::values).toList());
    }
    builder.withDetails(details);
  }
}
