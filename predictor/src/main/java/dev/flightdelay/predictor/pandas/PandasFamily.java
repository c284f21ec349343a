package dev.flightdelay.predictor.pandas;

import dev.flightdelay.predictor.estimator.Family;

/** What estimators keep of pandas: names of columns, and the tables of encoders. */
public final class PandasFamily {

  private static final String NAMES = "the names of a data frame's columns or rows";
  private static final String TABLE = "the table of an encoder";
  private static final String TYPE = "the type of a data frame's column";
  private static final String BASE = "pandas.core.indexes.base";
  private static final String NUMERIC = "pandas.core.indexes.numeric";

  public static final Family FAMILY =
      Family.builder()
          .value(NAMES, BASE, "Index")
          .value(NAMES, "pandas", "Index", "RangeIndex")
          .value(NAMES, "pandas.core.indexes.range", "RangeIndex")
          .value(NAMES, NUMERIC, "Int64Index", "UInt64Index", "Float64Index")
          .function(NAMES, Index::of, "_new_Index", BASE)
          .function(
              "texts of pandas",
              TextArray::of,
              "__pyx_unpickle_NDArrayBacked",
              "pandas._libs.arrays")
          .value("texts of pandas", "pandas.arrays", "StringArray")
          .value(
              "texts of pandas",
              "pandas.core.arrays.string_",
              "StringArray",
              "StringArrayNumpySemantics")
          .unread(TYPE, "pandas", "StringDtype", "CategoricalDtype")
          .unread(TYPE, "pandas.core.arrays.string_", "StringDtype")
          .unread(TYPE, "pandas.core.dtypes.dtypes", "CategoricalDtype")
          .part(TABLE, "Series", "pandas", "pandas.core.series")
          .part(TABLE, "SingleBlockManager", "pandas.core.internals.managers")
          .part(TABLE, "DataFrame", "pandas", "pandas.core.frame")
          .function(TABLE, DataFrame.Manager::of, "BlockManager", "pandas.core.internals.managers")
          .function(TABLE, DataFrame.Block::of, "_unpickle_block", "pandas._libs.internals")
          .build();

  private PandasFamily() {}
}
