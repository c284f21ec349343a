package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of scikit-learn that pickled an estimator, as it wrote it: {@code _sklearn_version}.
 */
public final class SklearnVersion {

  /** The library's name as its users write it. */
  public static final String LIBRARY = "scikit-learn";

  private static final Pattern VERSION =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})[0-9A-Za-z.+_-]{0,32}");

  private SklearnVersion() {}

  /** The version; empty where the file says none, or something that is no version. */
  public static Optional<String> of(Attributes attributes) {
    return attributes.text("_sklearn_version").filter(text -> VERSION.matcher(text).matches());
  }

  /** Whether the file says a version before {@code major.minor}. */
  public static boolean isBefore(Attributes attributes, int major, int minor) {
    return of(attributes)
        .map(VERSION::matcher)
        .filter(Matcher::matches)
        .map(
            version -> {
              int itsMajor = Integer.parseInt(version.group(1));
              int itsMinor = Integer.parseInt(version.group(2));
              return itsMajor < major || itsMajor == major && itsMinor < minor;
            })
        .orElse(false);
  }
}
