package dev.flightdelay.operator.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.ModelSource;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.PredictorTemplate;
import dev.flightdelay.operator.api.v1alpha1.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictorResourcesTest {

  private static ModelVersion version(String maxSize, Resources resources) {
    return new ModelVersion(
        "v1",
        new ModelSource("https://host/model.pkl", "0".repeat(64), null, maxSize, null),
        100,
        resources,
        null);
  }

  private static PredictorTemplate template(Resources resources) {
    return new PredictorTemplate(null, null, null, resources, null, null, null);
  }

  private static Quantity quantity(String text) {
    return new Quantity(text);
  }

  @Test
  void followsFromTheModelsSize() {
    ResourceRequirements resources = PredictorResources.of(version("64Mi", null), template(null));

    assertThat(resources.getRequests())
        .containsOnly(
            Map.entry("cpu", quantity("250m")),
            Map.entry("memory", quantity("512Mi")),
            Map.entry("ephemeral-storage", quantity("128Mi")));
    assertThat(resources.getLimits())
        .containsOnly(
            Map.entry("memory", quantity("512Mi")),
            Map.entry("ephemeral-storage", quantity("128Mi")));
  }

  @Test
  void letsTheLimitFollowTheRequest() {
    ResourceRequirements resources =
        PredictorResources.of(
            version("64Mi", null),
            template(new Resources(Map.of("memory", quantity("2Gi")), null)));

    assertThat(resources.getRequests()).containsEntry("memory", quantity("2Gi"));
    assertThat(resources.getLimits()).containsEntry("memory", quantity("2Gi"));
  }

  @Test
  void letsTheRequestFollowTheLimit() {
    ResourceRequirements resources =
        PredictorResources.of(
            version("64Mi", null),
            template(
                new Resources(null, Map.of("memory", quantity("300Mi"), "cpu", quantity("250m")))));

    assertThat(resources.getRequests())
        .containsEntry("memory", quantity("300Mi"))
        .containsEntry("cpu", quantity("250m"));
    assertThat(resources.getLimits()).containsEntry("cpu", quantity("250m"));
  }

  @Test
  void takesAVersionsOwnInsteadOfTheModels() {
    ResourceRequirements resources =
        PredictorResources.of(
            version("64Mi", new Resources(Map.of("cpu", quantity("3")), null)),
            template(new Resources(Map.of("memory", quantity("9Gi")), null)));

    assertThat(resources.getRequests())
        .containsEntry("cpu", quantity("3"))
        .containsEntry("memory", quantity("512Mi"));
  }
}
