package dev.flightdelay.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flightdelay.operator.api.v1alpha1.Autoscaling;
import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.child.Children;
import dev.flightdelay.operator.child.PredictorAutoscaler;
import dev.flightdelay.operator.plan.Refusal.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The golden cases together show everything that a model can ask for and be told. */
class GoldenCoverageTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void setsEveryFieldOfTheSpec() throws IOException {
    JsonNode schema =
        YAML.readTree(Path.of("..", "crds", "flightdelaymodels.flightdelay.dev-v1.yml").toFile())
            .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    List<JsonNode> specs = new ArrayList<>();
    for (GoldenCase golden : GoldenCase.all()) {
      specs.add(YAML.readTree(golden.modelFile().toFile()).get("spec"));
    }
    List<String> fields = new ArrayList<>();
    List<String> unset = new ArrayList<>();

    compare("spec", schema, specs, fields, unset);

    assertThat(unset).as("fields that no golden input sets").isEmpty();
    assertThat(fields).hasSizeGreaterThan(50);
  }

  private static void compare(
      String path,
      JsonNode schema,
      List<JsonNode> values,
      List<String> fields,
      List<String> unset) {
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              List<JsonNode> set =
                  values.stream()
                      .map(value -> value.get(field.getKey()))
                      .filter(value -> value != null && !value.isNull())
                      .toList();
              String name = path + "." + field.getKey();
              fields.add(name);
              if (set.isEmpty()) {
                unset.add(name);
              }
              compare(name, field.getValue(), set, fields, unset);
            });
    if (schema.has("items")) {
      compare(path + "[]", schema.get("items"), elements(values), fields, unset);
    }
  }

  private static List<JsonNode> elements(List<JsonNode> lists) {
    List<JsonNode> elements = new ArrayList<>();
    lists.forEach(list -> list.forEach(elements::add));
    return elements;
  }

  @Test
  void hasACaseForEveryRefusal() {
    List<String> reasons =
        GoldenCase.all().stream()
            .flatMap(golden -> golden.status().conditions().stream())
            .map(Condition::getReason)
            .toList();

    assertThat(reasons).contains(Stream.of(Reason.values()).map(Enum::name).toArray(String[]::new));
  }

  @Test
  void hasACaseForEveryPhase() {
    List<Phase> phases =
        GoldenCase.all().stream()
            .flatMap(golden -> golden.status().versions().stream())
            .map(VersionStatus::phase)
            .toList();

    assertThat(phases).contains(Phase.values());
  }

  @Test
  void hasACaseForEveryScheme() {
    List<String> schemes =
        specs(spec -> spec.versions().stream())
            .map(version -> version.model().uri().replaceAll("://.*", ""))
            .toList();

    assertThat(schemes).contains("gs", "s3", "https", "http", "pvc", "configmap");
  }

  @Test
  void hasACaseForEveryWayToExpose() {
    List<String> ways =
        specs(spec -> Stream.of(spec.expose()))
            .map(expose -> expose.type() + (expose.host() == null ? "" : " with host"))
            .toList();

    assertThat(ways)
        .contains("Ingress", "Ingress with host", "HTTPRoute", "HTTPRoute with host", "None");
    assertThat(specs(spec -> Stream.of(spec.expose())).map(Expose::tlsSecretName))
        .anyMatch(secret -> secret != null);
  }

  @Test
  void hasACaseForEveryWayToScale() {
    List<Autoscaling.Mode> modes =
        specs(
                spec ->
                    spec.versions().stream()
                        .map(version -> PredictorAutoscaler.autoscaling(version, spec).mode()))
            .toList();

    assertThat(modes).contains(Autoscaling.Mode.values());
  }

  @Test
  void hasACaseForEveryKindThatIsApplied() {
    List<String> kinds =
        GoldenCase.all().stream()
            .flatMap(golden -> golden.plan().apply().stream())
            .map(HasMetadata::getKind)
            .toList();

    assertThat(kinds)
        .contains("Ingress", "HTTPRoute")
        .containsAll(Children.KINDS.stream().map(kind -> kind.resource().getKind()).toList());
  }

  private static <T> Stream<T> specs(Function<FlightDelayModelSpec, Stream<T>> what) {
    return GoldenCase.all().stream().flatMap(golden -> what.apply(golden.model().getSpec()));
  }
}
