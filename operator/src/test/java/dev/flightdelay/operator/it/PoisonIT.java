package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.cluster.PodBehaviour;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Custom resources with anything in their fields: whatever the API server admits, the operator
 * lives on.
 */
@Tag("random")
class PoisonIT {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int RESOURCES = FaultTimes.FULL ? 10_000 : 1_000;
  private static final int BATCH = 100;

  /** Of what is in them; another one, of a failure or at random, with -Dpoison.seed. */
  private static final long SEED = Long.getLong("poison.seed", 1);

  private static final String AGAIN = "-Dpoison.seed=" + SEED;

  /** A model beside them is served within this. */
  private static final Duration OTHERS = Duration.ofSeconds(20);

  private OperatorEnvironment environment;

  @BeforeEach
  void start() {
    environment = OperatorEnvironment.start("poison");
    environment
        .kubelet()
        .let(
            pod -> !pod.getMetadata().getName().startsWith("good"),
            new PodBehaviour.StaysPending());
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void survivesWhateverTheApiServerAdmits() throws IOException {
    Random random = new Random(SEED);
    JsonNode valid =
        new YAMLMapper()
            .readTree(
                Path.of("src", "test", "resources", "crd", "valid-everything-ingress.yaml")
                    .toFile());
    int admitted = 0;
    for (int i = 1; i <= RESOURCES; i++) {
      ObjectNode poisoned = valid.deepCopy();
      ((ObjectNode) poisoned.get("metadata")).put("name", "p" + i);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        change(poisoned, random);
      }
      admitted += create(poisoned) ? 1 : 0;
      if (i % BATCH == 0) {
        String good = "good" + i;
        environment.apply(Model.named(good).version("v1", 100));
        await("%s: a model is served beside those up to %d".formatted(AGAIN, i))
            .atMost(OTHERS)
            .untilAsserted(() -> assertServed(good));
        assertThat(environment.operator().isAlive()).as("%s: alive after %d", AGAIN, i).isTrue();
        environment.client().raw(models(), "DELETE", null);
      }
    }

    assertThat(admitted).as("%s: admitted of %d", AGAIN, RESOURCES).isGreaterThan(RESOURCES / 20);
    assertThat(environment.operator().troubles()).as("%s: logged", AGAIN).isEmpty();
  }

  private void assertServed(String name) {
    assertThat(environment.condition(name, "Ready"))
        .as(name)
        .hasValueSatisfying(
            ready -> assertThat(ready.getStatus()).as(ready.getMessage()).isEqualTo("True"));
  }

  private boolean create(ObjectNode model) {
    try {
      environment.client().raw(models() + "?fieldValidation=Ignore", "POST", model);
      return true;
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).as(model.toString()).isBetween(400, 422);
      return false;
    }
  }

  private String models() {
    return "/apis/flightdelay.dev/v1alpha1/namespaces/"
        + environment.namespace()
        + "/flightdelaymodels";
  }

  private static void change(ObjectNode model, Random random) {
    List<ObjectNode> objects = new ArrayList<>();
    collect(model, objects);
    ObjectNode object = objects.get(random.nextInt(objects.size()));
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name =
        names.isEmpty() || random.nextInt(4) == 0
            ? "unknown" + random.nextInt(3)
            : names.get(random.nextInt(names.size()));
    object.set(name, value(random).apply(object.get(name)));
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.forEach(child -> collect(child, objects));
  }

  private static Function<JsonNode, JsonNode> value(Random random) {
    List<Function<JsonNode, JsonNode>> values =
        List.of(
            _ -> JSON.nullNode(),
            _ -> JSON.booleanNode(true),
            _ -> JSON.numberNode(-1),
            _ -> JSON.numberNode(1),
            _ -> JSON.numberNode(1L << 31),
            _ -> JSON.numberNode(new BigInteger("9".repeat(30))),
            _ -> JSON.numberNode(1e300),
            _ -> JSON.textNode(""),
            _ -> JSON.textNode("a"),
            _ -> JSON.textNode("9".repeat(20)),
            _ -> JSON.textNode("\u202e\ud83d\ude00 \u0001\r\n"),
            _ -> JSON.textNode("x".repeat(1 << 20)),
            _ -> JSON.arrayNode(),
            _ -> JSON.objectNode(),
            _ -> nested(50),
            old -> old == null ? JSON.nullNode() : twice(old));
    return values.get(random.nextInt(values.size()));
  }

  private static JsonNode nested(int depth) {
    ObjectNode object = JSON.objectNode();
    return depth == 0 ? object : object.set("a", nested(depth - 1));
  }

  private static JsonNode twice(JsonNode old) {
    ArrayNode array = JSON.arrayNode();
    if (old instanceof ArrayNode items) {
      array.addAll(items);
      return array.addAll(items);
    }
    return array.add(old).add(old);
  }
}
