package dev.flightdelay.operator.child;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What else must know of a kind that a version has. */
class ChildrenTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @FieldSource("dev.flightdelay.operator.child.Children#KINDS")
  void isInTheRole(ChildKind<?> kind) throws IOException {
    String role = kind.everywhere() ? "role.yaml" : "role-gke.yaml";
    ResourceDefinitionContext resource = kind.resource();
    Set<String> verbs = new TreeSet<>();

    for (JsonNode rule : YAML.readTree(Path.of("src/main/rbac", role).toFile()).get("rules")) {
      if (has(rule.get("apiGroups"), Optional.ofNullable(resource.getGroup()).orElse(""))
          && has(rule.get("resources"), resource.getPlural())) {
        rule.get("verbs").forEach(verb -> verbs.add(verb.asText()));
      }
    }

    assertThat(verbs).containsExactly("create", "delete", "get", "list", "patch", "watch");
  }

  private static boolean has(JsonNode list, String text) {
    for (JsonNode each : list) {
      if (each.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @FieldSource("dev.flightdelay.operator.child.Children#KINDS")
  void isInTheChartsAdmissionPolicy(ChildKind<?> kind) throws IOException {
    String policy =
        Files.readString(
            Path.of("..", "helm", "flight-delay-operator", "templates", "admissionpolicy.yaml"));

    assertThat(policy.lines().filter(line -> line.contains("$kinds :=")))
        .singleElement()
        .asString()
        .contains('"' + kind.resource().getPlural() + '"');
  }
}
