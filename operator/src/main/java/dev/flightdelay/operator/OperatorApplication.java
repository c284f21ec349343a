package dev.flightdelay.operator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Turns FlightDelayModels into running, routed, scaled predictors. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(OperatorSettings.class)
public class OperatorApplication {

  /** Starts the operator; it runs until it is told to stop. */
  public static void main(String[] args) {
    SpringApplication.run(OperatorApplication.class, args);
  }
}
