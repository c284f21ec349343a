package dev.flightdelay.local.command;

import java.nio.file.Path;

/** Where things are in the project. */
record Project(Path root) {

  static Project here() {
    return new Project(Path.of(System.getProperty("local.root", ".")).toAbsolutePath().normalize());
  }

  Path predictorJar() {
    return root.resolve("predictor/target/predictor.jar");
  }

  Path operatorJar() {
    return root.resolve("operator/target/operator.jar");
  }

  Path definition() {
    return root.resolve("crds/flightdelaymodels.flightdelay.dev-v1.yml");
  }

  Path sampleModel() {
    return root.resolve("crds/examples/two-versions.yaml");
  }

  Path samplePickles() {
    return root.resolve("predictor/samples/flight-delay");
  }

  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
