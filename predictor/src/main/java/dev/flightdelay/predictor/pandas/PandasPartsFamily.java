package dev.flightdelay.predictor.pandas;

import dev.flightdelay.predictor.estimator.Family;

/**
 * What of pandas, and of Python's dates, stands beside a model in a dictionary: never looked at.
 */
public final class PandasPartsFamily {

  private static final String FRAME = "a data frame beside the model";
  private static final String DATE = "a date beside the model";

  public static final Family FAMILY =
      Family.builder()
          .unread(
              FRAME,
              "pandas",
              "BooleanDtype",
              "Categorical",
              "CategoricalIndex",
              "DatetimeIndex",
              "DatetimeTZDtype",
              "Float32Dtype",
              "Float64Dtype",
              "Int32Dtype",
              "Int64Dtype",
              "MultiIndex",
              "Timedelta",
              "Timestamp")
          .unread(FRAME, "pandas.core.arrays.integer", "Int32Dtype", "Int64Dtype")
          .unread(FRAME, "pandas.core.arrays.floating", "Float32Dtype", "Float64Dtype")
          .unread(FRAME, "pandas.core.arrays.boolean", "BooleanDtype")
          .unread(FRAME, "pandas._libs.internals", "BlockPlacement")
          .unread(FRAME, "pandas.core.indexes.multi", "MultiIndex")
          .unread(FRAME, "pandas.core.indexes.datetimes", "DatetimeIndex", "_new_DatetimeIndex")
          .unread(FRAME, "pandas.core.indexes.category", "CategoricalIndex")
          .unread(
              FRAME,
              "pandas.arrays",
              "ArrowStringArray",
              "BooleanArray",
              "Categorical",
              "DatetimeArray",
              "FloatingArray",
              "IntegerArray",
              "NumpyExtensionArray",
              "TimedeltaArray")
          .unread(FRAME, "pandas.core.arrays.categorical", "Categorical")
          .unread(FRAME, "pandas.core.arrays.datetimes", "DatetimeArray")
          .unread(FRAME, "pandas.core.arrays.timedeltas", "TimedeltaArray")
          .unread(FRAME, "pandas.core.arrays.integer", "IntegerArray")
          .unread(FRAME, "pandas.core.arrays.floating", "FloatingArray")
          .unread(FRAME, "pandas.core.arrays.boolean", "BooleanArray")
          .unread(
              FRAME,
              "pandas.core.arrays.string_arrow",
              "ArrowStringArray",
              "ArrowStringArrayNumpySemantics")
          .unread(FRAME, "pandas.core.arrays.numpy_", "NumpyExtensionArray", "PandasArray")
          .unread(
              FRAME, "pandas.core.dtypes.dtypes", "DatetimeTZDtype", "PandasDtype", "NumpyEADtype")
          .unread(DATE, "pandas._libs.tslibs.timestamps", "Timestamp", "_unpickle_timestamp")
          .unread(DATE, "pandas._libs.tslibs.timedeltas", "Timedelta", "_timedelta_unpickle")
          .unread(DATE, "pandas._libs.tslibs.nattype", "_nat_unpickle")
          .unread(DATE, "pandas._libs.tslibs.offsets", "Day", "Hour", "Minute", "MonthEnd")
          .unread(DATE, "datetime", "datetime", "date", "time", "timedelta", "timezone")
          .build();

  private PandasPartsFamily() {}
}
