package dev.flightdelay.operator.cache;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.util.Set;

/**
 * Of a pod's spec where it runs and which ports its containers have: the rest is its Deployment's.
 */
final class SeenPodSpec extends JsonDeserializer<PodSpec> {

  private static final Set<String> OF_THE_SPEC = Set.of("nodeName", "containers");
  private static final Set<String> OF_A_CONTAINER = Set.of("name", "ports");

  @Override
  public PodSpec deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!(context.readTree(parser) instanceof ObjectNode spec)) {
      return null;
    }
    spec.retain(OF_THE_SPEC);
    for (JsonNode container : spec.path("containers")) {
      if (container instanceof ObjectNode fields) {
        fields.retain(OF_A_CONTAINER);
      }
    }
    return context.readTreeAsValue(spec, PodSpec.class);
  }
}
