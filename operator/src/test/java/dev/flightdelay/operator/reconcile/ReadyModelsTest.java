package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadyModelsTest {

  private static FlightDelayModel model(String name, FlightDelayModelStatus status) {
    FlightDelayModel model = new FlightDelayModel();
    model.getMetadata().setNamespace("models");
    model.getMetadata().setName(name);
    model.getMetadata().setGeneration(2L);
    model.setStatus(status);
    return model;
  }

  private static FlightDelayModelStatus ready(String status, long generation) {
    return new FlightDelayModelStatus(
        generation,
        null,
        null,
        null,
        null,
        null,
        List.of(
            new ConditionBuilder()
                .withType("Progressing")
                .withStatus("True")
                .withObservedGeneration(generation)
                .build(),
            new ConditionBuilder()
                .withType("Ready")
                .withStatus(status)
                .withObservedGeneration(generation)
                .build()));
  }

  private static List<String> collected(FlightDelayModel... models) {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(new ReadyModels(() -> Stream.of(models)));
    return registry.scrape().stream()
        .map(GaugeSnapshot.class::cast)
        .flatMap(metric -> metric.getDataPoints().stream())
        .map(
            point ->
                point.getLabels().get("model_namespace")
                    + "/"
                    + point.getLabels().get("model")
                    + " "
                    + point.getValue())
        .toList();
  }

  @Test
  void isOneForReadyModelsAndZeroForOthers() {
    assertThat(
            collected(
                model("served", ready("True", 2)),
                model("failed", ready("False", 2)),
                model("unknown", ready("Unknown", 2)),
                model("unseen", null)))
        .containsExactlyInAnyOrder(
            "models/served 1.0", "models/failed 0.0", "models/unknown 0.0", "models/unseen 0.0");
  }

  @Test
  void isZeroWhileTheStatusIsAboutAnOlderGeneration() {
    assertThat(collected(model("changed", ready("True", 1)))).containsExactly("models/changed 0.0");
  }

  @Test
  void hasNothingOfModelsThatAreGone() {
    assertThat(collected()).isEmpty();
  }
}
