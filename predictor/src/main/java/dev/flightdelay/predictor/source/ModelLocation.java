package dev.flightdelay.predictor.source;

import static java.util.Objects.requireNonNull;

/**
 * Where a model is said to be.
 *
 * @param uri a path, or a URI with the scheme file, http, https, gs or s3
 * @param folder whether that is a folder with one model file in it: whoever runs the container has
 *     put it there, and need not know its hash
 */
public record ModelLocation(String uri, boolean folder) {

  public ModelLocation {
    requireNonNull(uri);
  }

  public static ModelLocation file(String uri) {
    return new ModelLocation(uri, false);
  }

  public static ModelLocation folder(String uri) {
    return new ModelLocation(uri, true);
  }
}
