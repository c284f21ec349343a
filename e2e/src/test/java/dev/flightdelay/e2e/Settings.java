package dev.flightdelay.e2e;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What e2e/run gives the stories, as system properties.
 *
 * @param root the project's folder
 * @param chart the packaged chart
 * @param registry where the cluster has its images from; empty: they are loaded under their names
 * @param entry where Ingresses and Gateways are reached, if not where their status says
 * @param gatewayClass the cluster's GatewayClass
 * @param hostAddress this machine, as pods reach it; empty where they do not
 * @param full the counts of --long
 */
record Settings(
    Path root,
    Path chart,
    String registry,
    Optional<URI> entry,
    String gatewayClass,
    Optional<String> hostAddress,
    boolean full) {

  static Settings ofProperties() {
    return new Settings(
        Path.of(required("e2e.root")),
        Path.of(required("e2e.chart")),
        System.getProperty("e2e.registry", ""),
        optional("e2e.entry").map(URI::create),
        System.getProperty("e2e.gatewayClass", "traefik"),
        optional("e2e.hostAddress"),
        Boolean.getBoolean("e2e.long"));
  }

  /**
   * How long a story waits for what is promised within some time: so long, where the machine is
   * given to the full run; three times as long, where others may be at work on it.
   */
  Duration promised(Duration duration) {
    return full ? duration : duration.multipliedBy(3);
  }

  private static String required(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalStateException(name + " is not set: run e2e/run"));
  }

  private static Optional<String> optional(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isEmpty());
  }
}
