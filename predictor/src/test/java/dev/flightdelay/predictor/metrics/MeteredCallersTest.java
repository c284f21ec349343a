package dev.flightdelay.predictor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.auth.caller.Callers;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class MeteredCallersTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MeteredRequests metrics = new MeteredRequests(registry);

  @Test
  void tellsAddressesNotApart() {
    Callers callers = new Callers(1, 1, System::nanoTime);
    for (int i = 1; i < 200; i++) {
      metrics.called(callers.at(InetAddress.ofLiteral("192.0.2." + i)), 429);
    }

    assertThat(registry.scrape().lines().filter(line -> line.startsWith("predictor_caller")))
        .containsExactly(
            "predictor_caller_requests_total{caller=\"other\",mechanism=\"address\","
                + "status=\"429\"} 199.0");
  }
}
