package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.PredictorTemplate;
import dev.flightdelay.operator.api.v1alpha1.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CPU, memory and disk of a predictor pod. What a person names wins; where they name only the
 * request or only the limit of something, the other follows, so that the two never contradict.
 */
final class PredictorResources {

  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";
  private static final String DISK = "ephemeral-storage";

  /** Some thousand requests a second; with 500m, two versions of two pods filled two cores. */
  private static final Quantity DEFAULT_CPU = new Quantity("250m");

  private PredictorResources() {}

  static ResourceRequirements of(ModelVersion version, PredictorTemplate template) {
    Resources asked = version.resources() == null ? template.resources() : version.resources();
    Map<String, Quantity> requests = asked == null ? Map.of() : asked.requests();
    Map<String, Quantity> limits = asked == null ? Map.of() : asked.limits();
    long maxSize = Bytes.of(version.model().maxSize());
    Quantity memory = Bytes.quantity(256 * Bytes.MI + 4 * maxSize);
    Quantity disk = Bytes.quantity(64 * Bytes.MI + maxSize);

    Map<String, Quantity> request = new LinkedHashMap<>();
    request.put(CPU, first(requests.get(CPU), limits.get(CPU), DEFAULT_CPU));
    request.put(MEMORY, first(requests.get(MEMORY), limits.get(MEMORY), memory));
    request.put(DISK, first(requests.get(DISK), limits.get(DISK), disk));
    Map<String, Quantity> limit = new LinkedHashMap<>();
    // No CPU limit unless asked for: it would slow the start, when a JVM needs CPU most.
    if (limits.containsKey(CPU)) {
      limit.put(CPU, limits.get(CPU));
    }
    limit.put(MEMORY, first(limits.get(MEMORY), requests.get(MEMORY), memory));
    limit.put(DISK, first(limits.get(DISK), requests.get(DISK), disk));
    return new ResourceRequirementsBuilder().withRequests(request).withLimits(limit).build();
  }

  private static Quantity first(Quantity asked, Quantity counterpart, Quantity fallback) {
    if (asked != null) {
      return asked;
    }
    return counterpart != null ? counterpart : fallback;
  }
}
