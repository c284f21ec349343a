package dev.flightdelay.predictor.sklearn.impute;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.SideBySide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * SimpleImputer: a column's statistic, a number or a text, where its value is missing; then, where
 * it has an indicator, a 1 for each column whose value was.
 */
final class SimpleImputer implements Transformer {

  private final Features features;
  private final MissingValue missing;
  private final KeptColumns columns;
  // For each column that is kept: what stands for a missing value.
  private final double[] numbers;
  private final String[] texts;
  private final boolean anyText;

  private SimpleImputer(Attributes attributes) {
    NdArray array = attributes.array("statistics_");
    Object[] statistics = attributes.orInvalid("statistics_", array::values);
    if (statistics.length == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "statistics_ is empty");
    }
    missing = MissingValue.read(attributes);
    boolean keepsEmpty = attributes.flag("keep_empty_features", false);
    List<Integer> kept = new ArrayList<>();
    Set<Integer> textColumns = new HashSet<>();
    Map<Integer, Object> samples = new HashMap<>();
    numbers = new double[statistics.length];
    texts = new String[statistics.length];
    for (int j = 0; j < statistics.length; j++) {
      boolean empty = false;
      switch (NumpyScalar.unwrap(statistics[j])) {
        case null -> empty = true;
        case String text -> {
          texts[kept.size()] = text;
          textColumns.add(j);
          samples.put(j, text);
        }
        case Number number -> {
          numbers[kept.size()] = number.doubleValue();
          empty = Double.isNaN(number.doubleValue());
          if (!empty) {
            samples.put(j, number.doubleValue());
          }
        }
        case Boolean flag -> numbers[kept.size()] = flag ? 1 : 0;
        default ->
            throw attributes.invalid(
                Reason.UNSUPPORTED, "statistics_ holds what is neither a number nor a text");
      }
      if (!empty || keepsEmpty) {
        kept.add(j);
      }
    }
    if (missing.isText()) {
      for (int j = 0; j < statistics.length; j++) {
        textColumns.add(j);
      }
    }
    columns =
        new KeptColumns(
            kept.stream().mapToInt(j -> j).toArray(),
            MissingIndicator.ofImputer(attributes, statistics.length),
            missing);
    anyText = !textColumns.isEmpty();
    if (columns.width() == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "every column was empty when it was fitted");
    }
    features =
        FeatureNames.read(attributes, statistics.length)
            .withTexts(textColumns)
            .withSamples(samples);
  }

  /** Reads statistics, missing_values, and the indicator's columns. */
  static Transformer read(Attributes attributes) {
    return new SimpleImputer(attributes);
  }

  @Override
  public Features features() {
    return features;
  }

  @Override
  public int width() {
    return columns.width();
  }

  @Override
  public boolean acceptsMissing() {
    return missing.isNan();
  }

  @Override
  public boolean givesMissing() {
    return false;
  }

  @Override
  public Optional<int[]> sources() {
    return Optional.of(
        IntStream.concat(Arrays.stream(columns.kept()), Arrays.stream(columns.indicated()))
            .toArray());
  }

  @Override
  public Rows transform(Rows rows) {
    int[] kept = columns.kept();
    int width = columns.width();
    double[] values = new double[rows.count() * width];
    String[] words = anyText ? new String[values.length] : null;
    for (int row = 0; row < rows.count(); row++) {
      int to = row * width;
      for (int k = 0; k < kept.length; k++) {
        int column = kept[k];
        boolean absent = missing.is(rows, row, column);
        values[to + k] = absent ? numbers[k] : rows.get(row, column);
        if (words != null) {
          words[to + k] = absent ? texts[k] : rows.text(row, column);
        }
      }
      columns.indicate(rows, row, values);
    }
    return new Rows(values, words, rows.count(), width);
  }

  @Override
  public Table apply(Table table) {
    return switch (table) {
      case Rows rows -> transform(rows);
      case SparseRows rows -> ofStored(rows);
    };
  }

  /** Of a sparse matrix: what it does not store is not missing. */
  private SparseRows ofStored(SparseRows rows) {
    SideBySide result = new SideBySide(rows.count(), width());
    if (columns.count() > 0) {
      SparseRows own = rows.select(columns.kept());
      result.add(own.map((value, k) -> missing.is(value) ? numbers[k] : value), 1);
    }
    if (columns.hasIndicator()) {
      result.add(MissingIndicator.ofStored(rows, missing, columns.indicated()), 1);
    }
    return result.sparse();
  }
}
