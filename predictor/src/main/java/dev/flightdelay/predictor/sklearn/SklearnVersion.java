package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.pickle.PickleObject;
import java.util.List;
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

  /** The library of the estimator's class: one that extends scikit-learn's, or that itself. */
  public static String library(Attributes attributes) {
    return switch (attributes.type().module().split("\\.", 2)[0]) {
      case "imblearn" -> "imbalanced-learn";
      case "category_encoders" -> "category_encoders";
      default -> LIBRARY;
    };
  }

  /** The version; empty where the file says none, or something that is no version. */
  public static Optional<String> of(Attributes attributes) {
    return attributes.text("_sklearn_version").filter(text -> VERSION.matcher(text).matches());
  }

  /**
   * Whether the file says a version before {@code major.minor}. Other libraries' classes say none,
   * and do as the scikit-learn that they extend: what is inside them says which.
   */
  public static boolean isBefore(Attributes attributes, int major, int minor) {
    return of(attributes)
        .or(() -> ofFirstInside(attributes))
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

  private static Optional<String> ofFirstInside(Attributes attributes) {
    if (!(attributes.value("estimators_").orElse(null) instanceof List<?> estimators)
        || estimators.isEmpty()
        || !(estimators.getFirst() instanceof PickleObject)) {
      return Optional.empty();
    }
    return of(attributes.object(estimators.getFirst(), "estimators_"));
  }
}
