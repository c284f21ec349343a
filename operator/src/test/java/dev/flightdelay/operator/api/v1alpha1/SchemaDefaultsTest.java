package dev.flightdelay.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the API server fills in and what the operator takes for granted is the same. */
class SchemaDefaultsTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  /** Everything that has a default is left out, but its parents are there. */
  private static final String BARE =
      """
      versions:
      - name: v1
        traffic: 100
        model: {uri: 'gs://bucket/model.pkl', sha256: '0'}
        autoscaling: {}
      predictor:
        topologySpreadConstraints: [{topologyKey: zone}]
      autoscaling: {}
      expose: {}
      """;

  @Test
  void areTheDefaultsOfTheRecords() throws IOException {
    FlightDelayModelSpec spec = Serialization.unmarshal(BARE, FlightDelayModelSpec.class);
    JsonNode filled = YAML.readTree(Serialization.asYaml(spec));
    JsonNode schema =
        YAML.readTree(Path.of("..", "crds", "flightdelaymodels.flightdelay.dev-v1.yml").toFile())
            .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    Map<String, JsonNode> defaults = new TreeMap<>();
    Map<String, JsonNode> values = new TreeMap<>();

    collect("", schema, filled, defaults, values);

    assertThat(defaults).hasSizeGreaterThan(12);
    assertThat(values).isEqualTo(defaults);
  }

  @Test
  void areTheDefaultsOfRecordsThatAreLeftOutAltogether() throws IOException {
    FlightDelayModelSpec bare = Serialization.unmarshal(BARE, FlightDelayModelSpec.class);
    FlightDelayModelSpec empty =
        new FlightDelayModelSpec(bare.versions(), null, null, null, null, null, null, null);

    assertThat(empty.autoscaling()).isEqualTo(bare.autoscaling());
    assertThat(empty.expose()).isEqualTo(bare.expose());
    assertThat(empty.drainSeconds()).isEqualTo(bare.drainSeconds());
  }

  private static void collect(
      String path,
      JsonNode schema,
      JsonNode value,
      Map<String, JsonNode> defaults,
      Map<String, JsonNode> values) {
    if (schema.has("default") && !schema.has("properties")) {
      defaults.put(path, schema.get("default"));
      values.put(path, value);
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            field ->
                collect(
                    path + "." + field.getKey(),
                    field.getValue(),
                    value.path(field.getKey()),
                    defaults,
                    values));
    if (schema.has("items")) {
      collect(path + "[]", schema.get("items"), value.path(0), defaults, values);
    }
  }
}
