package dev.flightdelay.predictor.management;

import dev.flightdelay.predictor.model.ServedModel;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The control plane: Spring Boot's actuator on its own port. It starts beside the data plane, and
 * nobody waits for it.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ManagementApplication {

  /**
   * Starts the actuator; returns when its port is open.
   *
   * @param registry where the data plane counts
   */
  public static ConfigurableApplicationContext start(
      String address, int port, ServedModel model, PrometheusMeterRegistry registry) {
    return new SpringApplicationBuilder(ManagementApplication.class)
        .web(WebApplicationType.SERVLET)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .initializers(
            context -> {
              GenericApplicationContext beans = (GenericApplicationContext) context;
              beans.registerBean(PrometheusMeterRegistry.class, () -> registry);
              beans.registerBean(PrometheusRegistry.class, registry::getPrometheusRegistry);
              beans.registerBean(ModelInfoContributor.class, () -> new ModelInfoContributor(model));
            })
        .properties(Map.of("server.address", address, "server.port", port))
        .run();
  }
}
