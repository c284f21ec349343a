package dev.flightdelay.predictor.sklearn.impute;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * SimpleImputer: a column's statistic, a number or a text, where its value is missing; then, where
 * it has an indicator, a 1 for each column whose value was.
 */
final class SimpleImputer implements Transformer {

  private final Features features;
  // What is missing: NaN, another number, or a text.
  private final double missingNumber;
  private final String missingText;
  // For each column that is kept: which one it is, and what stands for a missing value.
  private final int[] kept;
  private final double[] numbers;
  private final String[] texts;
  private final int[] indicated;
  private final boolean anyText;

  private SimpleImputer(Attributes attributes) {
    NdArray array = attributes.array("statistics_");
    Object[] statistics = attributes.orInvalid("statistics_", array::values);
    if (statistics.length == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "statistics_ is empty");
    }
    Object missing = NumpyScalar.unwrap(attributes.value("missing_values").orElse(null));
    missingText = missing instanceof String text ? text : null;
    missingNumber = missing instanceof Number number ? number.doubleValue() : Double.NaN;
    if (missing != null && missingText == null && !(missing instanceof Number)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "missing_values is neither NaN, None, a number nor a text");
    }
    boolean keepsEmpty = attributes.flag("keep_empty_features", false);
    List<Integer> columns = new ArrayList<>();
    Set<Integer> textColumns = new HashSet<>();
    Map<Integer, Object> samples = new HashMap<>();
    numbers = new double[statistics.length];
    texts = new String[statistics.length];
    for (int j = 0; j < statistics.length; j++) {
      boolean empty = false;
      switch (NumpyScalar.unwrap(statistics[j])) {
        case null -> empty = true;
        case String text -> {
          texts[columns.size()] = text;
          textColumns.add(j);
          samples.put(j, text);
        }
        case Number number -> {
          numbers[columns.size()] = number.doubleValue();
          empty = Double.isNaN(number.doubleValue());
          if (!empty) {
            samples.put(j, number.doubleValue());
          }
        }
        case Boolean flag -> numbers[columns.size()] = flag ? 1 : 0;
        default ->
            throw attributes.invalid(
                Reason.UNSUPPORTED, "statistics_ holds what is neither a number nor a text");
      }
      if (!empty || keepsEmpty) {
        columns.add(j);
      }
    }
    if (missingText != null) {
      for (int j = 0; j < statistics.length; j++) {
        textColumns.add(j);
      }
    }
    kept = columns.stream().mapToInt(j -> j).toArray();
    anyText = !textColumns.isEmpty();
    indicated = indicated(attributes, statistics.length);
    if (kept.length + indicated.length == 0) {
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

  private static int[] indicated(Attributes attributes, int width) {
    if (!attributes.flag("add_indicator", false)) {
      return new int[0];
    }
    Attributes indicator = attributes.object("indicator_");
    double[] columns = indicator.reals("features_");
    int[] indices = new int[columns.length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (int) columns[i];
      if (columns[i] != indices[i] || indices[i] < 0 || indices[i] >= width) {
        throw indicator.invalid(Reason.MODEL_INVALID, "features_ names a column that is not there");
      }
    }
    return indices;
  }

  @Override
  public Features features() {
    return features;
  }

  @Override
  public int width() {
    return kept.length + indicated.length;
  }

  @Override
  public boolean acceptsMissing() {
    return missingText == null && Double.isNaN(missingNumber);
  }

  @Override
  public boolean givesMissing() {
    return false;
  }

  private boolean isMissing(Rows rows, int row, int column) {
    String text = rows.text(row, column);
    if (text != null) {
      return text.equals(missingText);
    }
    double value = rows.get(row, column);
    return missingText == null
        && (Double.isNaN(missingNumber) ? Double.isNaN(value) : value == missingNumber);
  }

  @Override
  public Rows transform(Rows rows) {
    int width = width();
    double[] values = new double[rows.count() * width];
    String[] words = anyText ? new String[values.length] : null;
    for (int row = 0; row < rows.count(); row++) {
      int to = row * width;
      for (int k = 0; k < kept.length; k++) {
        int column = kept[k];
        boolean missing = isMissing(rows, row, column);
        values[to + k] = missing ? numbers[k] : rows.get(row, column);
        if (words != null) {
          words[to + k] = missing ? texts[k] : rows.text(row, column);
        }
      }
      for (int i = 0; i < indicated.length; i++) {
        values[to + kept.length + i] = isMissing(rows, row, indicated[i]) ? 1 : 0;
      }
    }
    return new Rows(values, words, rows.count(), width);
  }
}
