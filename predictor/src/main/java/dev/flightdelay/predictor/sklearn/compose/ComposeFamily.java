package dev.flightdelay.predictor.sklearn.compose;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code compose}, and what its pickles say of columns. */
public final class ComposeFamily {

  private static final String CHOSEN = "a dtype by which columns were chosen";

  public static final Family FAMILY =
      Family.builder()
          .transformer(
              ColumnTransformer::read, "ColumnTransformer", "sklearn.compose._column_transformer")
          // The columns that a function chose are in transformers_.
          .unreadIn("ColumnTransformer", "transformers", "_columns")
          .unread(
              "what chose columns by their dtypes",
              "sklearn.compose._column_transformer",
              "make_column_selector")
          .value(CHOSEN, "builtins", "float", "int", "bool", "str")
          .value(CHOSEN, "numpy", "number", "integer", "floating", "datetime64")
          .part(
              "the columns that remain, from scikit-learn 1.5 on",
              "_RemainderColsList",
              "sklearn.compose._column_transformer")
          .function("columns given as a slice", Slice::of, "slice", "builtins", "__builtin__")
          .since("0.20", "ColumnTransformer")
          .build();

  private ComposeFamily() {}
}
