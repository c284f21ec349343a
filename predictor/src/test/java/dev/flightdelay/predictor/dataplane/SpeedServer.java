package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.admission.Gate;
import dev.flightdelay.predictor.dataplane.route.Aliases;
import dev.flightdelay.predictor.metrics.MeteredRequests;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** The data plane alone, with a model of 37 features, to be measured by hand. */
public final class SpeedServer {

  private SpeedServer() {}

  public static void main(String[] arguments) throws Exception {
    double[] weights = new double[37];
    Arrays.setAll(weights, i -> Math.sin(i) / 3);
    LinearModel model =
        LinearModel.classifier(
            Features.unnamed(37), new Labels(Labels.Kind.INTEGER, List.of(0L, 1L)), weights, 0.5);
    MeteredRequests metrics =
        new MeteredRequests(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    DataPlane plane =
        DataPlane.open(
            new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])),
            DataPlaneLimits.defaults(),
            Aliases.NONE,
            Gate.OPEN,
            () -> "starting",
            metrics);
    plane.serve(model.served(), new PlainPages());
    Thread.currentThread().join();
  }
}
