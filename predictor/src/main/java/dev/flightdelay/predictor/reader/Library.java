package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.pickle.GlobalName;
import java.util.Arrays;

/** The libraries whose estimators are read, and the releases that are promised. */
public enum Library {
  SCIKIT_LEARN("sklearn", "scikit-learn", "0.19", "1.9"),
  IMBALANCED_LEARN("imblearn", "imbalanced-learn", "0.6", "0.14"),
  CATEGORY_ENCODERS("category_encoders", "category_encoders", "2.4", "2.11"),
  XGBOOST("xgboost", "XGBoost", "0.90", "3.2"),
  LIGHTGBM("lightgbm", "LightGBM", "2.2", "4.7"),
  CATBOOST("catboost", "CatBoost", "1.2", "1.2");

  private final String root;
  private final String title;
  private final String oldest;
  private final String newest;

  Library(String root, String title, String oldest, String newest) {
    this.root = root;
    this.title = title;
    this.oldest = oldest;
    this.newest = newest;
  }

  /** The library that has this class. */
  static Library of(GlobalName type) {
    String first = type.module().split("\\.", 2)[0];
    return Arrays.stream(values())
        .filter(library -> library.root.equals(first))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no library has " + type));
  }

  /** The name as its users write it. */
  public String title() {
    return title;
  }

  /** The oldest release, as major and minor. */
  public String oldest() {
    return oldest;
  }

  /** The newest release, as major and minor. */
  public String newest() {
    return newest;
  }
}
