package dev.flightdelay.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flightdelay.operator.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the API server admits and what it refuses, from the files in {@code src/test/resources/crd}.
 *
 * <p>A valid-*.yaml is one custom resource. An invalid-*.yaml has many cases: each begins with a
 * comment, the message that a person gets, and is either a whole custom resource or what its spec
 * has instead of valid-smallest.yaml's fields. A comment that begins with "then:" stands above two:
 * the second is refused as a change of the first.
 */
class CustomResourceValidationIT {
  private static final Path FOLDER = Path.of("src", "test", "resources", "crd");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String THEN = "then: ";

  private static ApiServer server;
  private static String namespace;

  /** A case: what is stored first, if anything, what is refused, and why. */
  record Invalid(String file, int number, String message, List<String> documents) {
    @Override
    public String toString() {
      return file + " " + number + ": " + message;
    }
  }

  @BeforeAll
  static void makeNamespace() {
    server = ApiServer.shared();
    namespace = server.newNamespace("validation");
  }

  static Stream<Path> validFiles() throws IOException {
    return files("valid-");
  }

  static Stream<Invalid> invalidCases() throws IOException {
    List<Invalid> cases = new ArrayList<>();
    for (Path file : files("invalid-").toList()) {
      String[] documents = Files.readString(file).split("(?m)^---\n");
      for (int i = 0; i < documents.length; i++) {
        String message = documents[i].lines().findFirst().orElseThrow().substring("# ".length());
        boolean two = message.startsWith(THEN);
        cases.add(
            new Invalid(
                file.getFileName().toString(),
                cases.size() + 1,
                two ? message.substring(THEN.length()) : message,
                two ? List.of(documents[i], documents[++i]) : List.of(documents[i])));
      }
    }
    return cases.stream();
  }

  private static Stream<Path> files(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("validFiles")
  void admitsWhatOurTypesCanRead(Path file) throws IOException {
    GenericKubernetesResource stored = create(Files.readString(file));
    delete(stored);

    FlightDelayModel read =
        Serialization.unmarshal(Serialization.asYaml(stored), FlightDelayModel.class);
    assertThat(read.getSpec().versions()).isNotEmpty();
    assertThat(read.getSpec().autoscaling().maxReplicas()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("invalidCases")
  void refusesWithAMessage(Invalid invalid) throws IOException {
    if (invalid.documents.size() == 1) {
      assertThatThrownBy(() -> create(invalid.documents.getFirst())).satisfies(isRefused(invalid));
      return;
    }
    GenericKubernetesResource stored = create(invalid.documents.getFirst());
    try {
      assertThatThrownBy(
              () -> resource(invalid.documents.getLast()).forceConflicts().serverSideApply())
          .satisfies(isRefused(invalid));
    } finally {
      delete(stored);
    }
  }

  private static Consumer<Throwable> isRefused(Invalid invalid) {
    return thrown ->
        assertThat(thrown)
            .isInstanceOfSatisfying(
                KubernetesClientException.class,
                refusal -> {
                  assertThat(refusal.getStatus().getMessage()).contains(invalid.message);
                  assertThat(refusal.getCode()).isEqualTo(422);
                });
  }

  @Test
  void hasACaseForEveryRuleOfTheSchema() throws IOException {
    List<String> messages = invalidCases().map(Invalid::message).toList();
    Set<String> rules = new TreeSet<>();
    walk(
        "",
        schema(),
        (path, field) ->
            field
                .path("x-kubernetes-validations")
                .forEach(rule -> rules.add(rule.get("message").asText())));

    assertThat(rules)
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(messages).anyMatch(rule::startsWith));
  }

  @Test
  void setsEveryFieldInAValidFile() throws IOException {
    List<JsonNode> valid = new ArrayList<>();
    for (Path file : validFiles().toList()) {
      valid.add(YAML.readTree(file.toFile()).get("spec"));
    }
    List<String> unset = new ArrayList<>();
    walk(
        "",
        schema().get("properties").get("spec"),
        (path, field) -> {
          if (valid.stream().noneMatch(spec -> isSet(spec, path))) {
            unset.add(path);
          }
        });

    assertThat(unset).isEmpty();
  }

  private static JsonNode schema() throws IOException {
    return YAML.readTree(Path.of("..", "crds", "flightdelaymodels.flightdelay.dev-v1.yml").toFile())
        .at("/spec/versions/0/schema/openAPIV3Schema");
  }

  private static void walk(String path, JsonNode schema, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(path, schema);
    schema
        .path("properties")
        .properties()
        .forEach(field -> walk(path + "/" + field.getKey(), field.getValue(), visitor));
    if (schema.has("items")) {
      walk(path + "/*", schema.get("items"), visitor);
    }
  }

  private static boolean isSet(JsonNode value, String path) {
    if (path.isEmpty()) {
      return true;
    }
    int end = path.indexOf('/', 1);
    String name = end < 0 ? path.substring(1) : path.substring(1, end);
    String rest = end < 0 ? "" : path.substring(end);
    if (!name.equals("*")) {
      return value.has(name) && isSet(value.get(name), rest);
    }
    return value.valueStream().anyMatch(item -> isSet(item, rest));
  }

  private static GenericKubernetesResource create(String document) throws IOException {
    return resource(document).create();
  }

  private static NonDeletingOperation<GenericKubernetesResource> resource(String document)
      throws IOException {
    JsonNode given = YAML.readTree(document);
    ObjectNode whole = (ObjectNode) given;
    if (!given.has("kind")) {
      whole = (ObjectNode) YAML.readTree(FOLDER.resolve("valid-smallest.yaml").toFile());
      ((ObjectNode) whole.get("spec")).setAll((ObjectNode) given);
    }
    return server
        .client()
        .resource(YAML.convertValue(whole, GenericKubernetesResource.class))
        .inNamespace(namespace);
  }

  private static void delete(GenericKubernetesResource stored) {
    server.client().resource(stored).withGracePeriod(0).delete();
  }
}
