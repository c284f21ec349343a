package dev.flightdelay.operator.child;

import java.util.List;

/** The paths that a model's route takes: everything on its own host, or only its own paths. */
record RoutePaths(String model, String host) {

  /**
   * A path, and whether it stands for everything below it.
   *
   * @param exact otherwise a prefix, by whole path elements
   */
  record RoutePath(String path, boolean exact) {}

  List<RoutePath> ofModel() {
    return host != null
        ? List.of(new RoutePath("/", false))
        : List.of(
            new RoutePath("/v2/models/" + model, false),
            new RoutePath("/v1/models/" + model, false),
            // A prefix is matched by whole path elements, so that this is none of the above.
            new RoutePath("/v1/models/" + model + ":predict", true));
  }

  RoutePath ofVersion(String version) {
    return new RoutePath("/v2/models/" + model + "/versions/" + version, false);
  }
}
