package dev.flightdelay.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * docs/custom-resource.md is made of the CRD: {@code mvn -pl operator test
 * -Dtest=CustomResourceReferenceTest -Dcrds.write} writes it anew.
 */
class CustomResourceReferenceTest {

  private static final Path COMMITTED = Path.of("../docs/custom-resource.md");

  private final StringBuilder page = new StringBuilder();

  @Test
  void isInStepWithTheCustomResourceDefinition() throws IOException {
    CustomResourceDefinition crd =
        Serialization.unmarshal(
            Files.newInputStream(Path.of("../crds/flightdelaymodels.flightdelay.dev-v1.yml")),
            CustomResourceDefinition.class);
    JSONSchemaProps root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    page.append(
        """
        # FlightDelayModel, field by field

        `flightdelay.dev/v1alpha1`, short name `fdm`. The same texts are in the cluster: `kubectl explain fdm.spec`.
        Fields marked * are required. A list's fields are written with `[]`.
        """);
    for (String part : List.of("spec", "status")) {
      JSONSchemaProps schema = root.getProperties().get(part);
      page.append("\n## ")
          .append(part)
          .append("\n\n")
          .append(schema.getDescription())
          .append("\n\n");
      page.append("| field | type | default | what it is |\n|---|---|---|---|\n");
      fields("", schema);
    }
    page.append("\n## Rules\n\nWhat the API server refuses, and says:\n\n");
    rules(root);

    if (System.getProperty("crds.write") != null) {
      Files.writeString(COMMITTED, page.toString());
    }

    assertThat(COMMITTED)
        .withFailMessage(
            "docs/custom-resource.md is not what the CRD says: run mvn -pl operator test"
                + " -Dtest=CustomResourceReferenceTest -Dcrds.write, and commit it")
        .hasContent(page.toString());
  }

  private void fields(String prefix, JSONSchemaProps schema) {
    if (schema.getProperties() == null) {
      return;
    }
    schema
        .getProperties()
        .forEach(
            (name, field) -> {
              boolean required =
                  schema.getRequired() != null && schema.getRequired().contains(name);
              boolean list = "array".equals(field.getType());
              String path = prefix + name + (list ? "[]" : "");
              JSONSchemaProps content = list ? field.getItems().getSchema() : field;
              page.append(
                  "| `%s`%s | %s | %s | %s |\n"
                      .formatted(
                          path,
                          required ? " *" : "",
                          type(field),
                          simple(field) ? "`" + field.getDefault().asText() + "`" : "",
                          String.valueOf(field.getDescription()).replace("|", "\\|")));
              if (!path.equals("conditions[]")) {
                fields(path + ".", content);
              }
            });
  }

  private static boolean simple(JSONSchemaProps field) {
    return field.getDefault() != null && field.getDefault().isValueNode();
  }

  private static String type(JSONSchemaProps field) {
    if (field.getEnum() != null && !field.getEnum().isEmpty()) {
      return field.getEnum().stream()
          .map(value -> "`" + value.asText() + "`")
          .reduce((a, b) -> a + ", " + b)
          .orElseThrow();
    }
    if ("array".equals(field.getType())) {
      return "list of " + type(field.getItems().getSchema());
    }
    if (field.getAdditionalProperties() != null) {
      return "map";
    }
    return field.getType();
  }

  private void rules(JSONSchemaProps schema) {
    if (schema.getXKubernetesValidations() != null) {
      for (ValidationRule rule : schema.getXKubernetesValidations()) {
        String line = "- " + rule.getMessage() + "\n";
        if (page.indexOf(line) < 0) {
          page.append(line);
        }
      }
    }
    if (schema.getItems() != null) {
      rules(schema.getItems().getSchema());
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(this::rules);
    }
  }
}
