package dev.flightdelay.operator.reconcile;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which models are Ready, as the metric flightdelay_model_ready: 1, or 0. It is read from the cache
 * when it is asked for, so that a model that is deleted has none, and every replica tells the same.
 */
public final class ReadyModels implements Collector {

  static final String NAME = "flightdelay_model_ready";

  private final Supplier<Stream<FlightDelayModel>> models;

  /** The models that a reconciler has in its cache. */
  public ReadyModels(FlightDelayModelReconciler reconciler) {
    this(reconciler::models);
  }

  ReadyModels(Supplier<Stream<FlightDelayModel>> models) {
    this.models = requireNonNull(models);
  }

  @Override
  public MetricSnapshot collect() {
    GaugeSnapshot.Builder metric =
        GaugeSnapshot.builder()
            .name(NAME)
            .help("1 where the model's current generation is Ready, else 0");
    models.get().map(ReadyModels::of).forEach(metric::dataPoint);
    return metric.build();
  }

  private static GaugeDataPointSnapshot of(FlightDelayModel model) {
    return GaugeDataPointSnapshot.builder()
        // Not "namespace": that is the operator's own, which Prometheus adds.
        .labels(
            Labels.of(
                "model_namespace", model.getMetadata().getNamespace(),
                "model", model.getMetadata().getName()))
        .value(isReady(model) ? 1 : 0)
        .build();
  }

  private static boolean isReady(FlightDelayModel model) {
    Long generation = model.getMetadata().getGeneration();
    return model.getStatus() != null
        && model.getStatus().conditions().stream()
            .anyMatch(
                condition ->
                    "Ready".equals(condition.getType())
                        && "True".equals(condition.getStatus())
                        && generation.equals(condition.getObservedGeneration()));
  }
}
