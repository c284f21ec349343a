package dev.flightdelay.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.observe.ObservedObjects;
import dev.flightdelay.operator.plan.Plan;
import dev.flightdelay.operator.plan.Planner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What people copy from crds/examples is what the schema knows and the operator can plan. */
class ExamplesTest {

  private static final Path EXAMPLES = Path.of("..", "crds", "examples");
  private static final Path SAMPLES = Path.of("..", "predictor", "samples", "flight-delay");
  private static final YAMLMapper YAML = new YAMLMapper();

  @TestFactory
  Stream<DynamicTest> areAsTheSchemaHasIt() throws IOException {
    JsonNode schema =
        YAML.readTree(Path.of("..", "crds", "flightdelaymodels.flightdelay.dev-v1.yml").toFile())
            .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    return models()
        .map(
            model ->
                dynamicTest(
                    model.file,
                    () -> {
                      List<String> faults = new ArrayList<>();
                      compare("spec", model.tree.get("spec"), schema, faults);
                      assertThat(faults).isEmpty();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> arePlannedWithoutARefusal() throws IOException {
    return models()
        .map(
            model ->
                dynamicTest(
                    model.file,
                    () -> {
                      FlightDelayModel resource =
                          Serialization.unmarshal(
                              YAML.writeValueAsString(model.tree), FlightDelayModel.class);
                      resource.getMetadata().setNamespace("flights");
                      resource.getMetadata().setUid("uid");

                      Plan plan =
                          Planner.plan(
                              resource,
                              new ObservedObjects(List.of()).observe(),
                              GoldenCase.Settings.DEFAULT.planSettings(),
                              Instant.EPOCH);

                      assertThat(plan.refusal()).isEmpty();
                      assertThat(plan.refused()).isEmpty();
                      assertThat(plan.exposeRefusal()).isEmpty();
                      assertThat(plan.apply().stream().map(HasMetadata::getKind))
                          .contains("Deployment", "Service");
                    }));
  }

  @Test
  void haveEveryVersionsTrafficAddUp() throws IOException {
    assertThat(models())
        .allSatisfy(
            model ->
                assertThat(
                        resource(model).getSpec().versions().stream()
                            .mapToInt(ModelVersion::traffic)
                            .sum())
                    .as(model.file)
                    .isEqualTo(100));
  }

  @Test
  void nameTheFilesThatTheSamplesAre() throws IOException {
    List<ModelVersion> versions = new ArrayList<>();
    for (Example model : models().toList()) {
      versions.addAll(resource(model).getSpec().versions());
    }

    assertThat(versions)
        .isNotEmpty()
        .allSatisfy(
            version -> {
              String uri = version.model().uri();
              Path sample = SAMPLES.resolve(uri.substring(uri.lastIndexOf('/') + 1));
              assertThat(version.model().sha256()).isEqualTo(sha256(Files.readAllBytes(sample)));
            });
  }

  @Test
  void haveTheSamplesThemselvesInTheConfigMap() throws IOException {
    JsonNode map = YAML.readTree(EXAMPLES.resolve("flight-delay-models.yaml").toFile());

    assertThat(map.at("/metadata/name").asText()).isEqualTo("flight-delay-models");
    assertThat(map.get("binaryData").properties()).hasSize(2);
    for (var file : map.get("binaryData").properties()) {
      assertThat(Base64.getDecoder().decode(file.getValue().asText()))
          .as("%s in crds/examples/flight-delay-models.yaml: make it anew", file.getKey())
          .isEqualTo(Files.readAllBytes(SAMPLES.resolve(file.getKey())));
    }
  }

  private record Example(String file, JsonNode tree) {}

  private static Stream<Example> models() throws IOException {
    List<Example> models = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.sorted().toList()) {
        YAML.readerFor(JsonNode.class)
            .<JsonNode>readValues(file.toFile())
            .readAll()
            .forEach(
                tree -> {
                  if (tree.path("kind").asText().equals("FlightDelayModel")) {
                    models.add(new Example(file.getFileName().toString(), tree));
                  }
                });
      }
    }
    assertThat(models).hasSizeGreaterThanOrEqualTo(6);
    return models.stream();
  }

  private static FlightDelayModel resource(Example model) throws IOException {
    return Serialization.unmarshal(YAML.writeValueAsString(model.tree), FlightDelayModel.class);
  }

  /** The rules between fields are CEL: only an API server can judge by them. */
  private static void compare(String path, JsonNode value, JsonNode schema, List<String> faults) {
    if (value.isObject()) {
      JsonNode known = schema.path("properties");
      schema
          .path("required")
          .forEach(
              name -> {
                if (!value.has(name.asText())) {
                  faults.add(path + " lacks " + name.asText());
                }
              });
      for (var field : value.properties()) {
        JsonNode fieldSchema =
            schema.has("additionalProperties")
                ? schema.get("additionalProperties")
                : known.path(field.getKey());
        if (fieldSchema.isMissingNode()) {
          faults.add(path + " has no field " + field.getKey());
        } else {
          compare(path + "." + field.getKey(), field.getValue(), fieldSchema, faults);
        }
      }
    } else if (value.isArray()) {
      value.forEach(element -> compare(path + "[]", element, schema.path("items"), faults));
    } else {
      compareScalar(path, value, schema, faults);
    }
  }

  private static void compareScalar(
      String path, JsonNode value, JsonNode schema, List<String> faults) {
    boolean number = schema.path("type").asText().equals("integer");
    if (number != value.isIntegralNumber() && !schema.has("anyOf")) {
      faults.add("%s is not of type %s".formatted(path, schema.path("type").asText()));
    }
    if (schema.has("pattern") && !value.asText().matches(schema.get("pattern").asText())) {
      faults.add("%s does not match %s".formatted(path, schema.get("pattern").asText()));
    }
    if (schema.has("enum")
        && schema.get("enum").valueStream().noneMatch(known -> known.equals(value))) {
      faults.add(path + " cannot be " + value);
    }
    if (number
        && (new BigDecimal(value.asText()).compareTo(schema.get("minimum").decimalValue()) < 0
            || new BigDecimal(value.asText()).compareTo(schema.get("maximum").decimalValue())
                > 0)) {
      faults.add(path + " is out of bounds: " + value);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
