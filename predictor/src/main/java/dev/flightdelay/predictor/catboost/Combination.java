package dev.flightdelay.predictor.catboost;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Categorical features that are one together, with answers about numbers and single categories
 * among them: {@code TFeatureCombination}. Features are counted by their kind.
 */
record Combination(List<Integer> categorical, List<Border> borders, List<Value> values) {

  private static final int CATEGORICAL = 0;
  private static final int BORDERS = 1;
  private static final int VALUES = 2;

  private static final long MULTIPLIER = 0x4906ba494954cb65L;

  /** Whether a number is above a border. */
  record Border(int feature, float border) {}

  /** Whether a categorical feature has the category of that hash. */
  record Value(int feature, int hash) {}

  Combination {
    categorical = List.copyOf(categorical);
    borders = List.copyOf(borders);
    values = List.copyOf(values);
  }

  static Combination read(FlatTable table) {
    List<Integer> categorical = new ArrayList<>();
    for (int feature : table.integers(CATEGORICAL)) {
      categorical.add(feature);
    }
    List<Border> borders = new ArrayList<>();
    ByteBuffer pairs = table.structs(BORDERS, 2);
    while (pairs.hasRemaining()) {
      borders.add(new Border(pairs.getInt(), pairs.getFloat()));
    }
    List<Value> values = new ArrayList<>();
    pairs = table.structs(VALUES, 2);
    while (pairs.hasRemaining()) {
      values.add(new Value(pairs.getInt(), pairs.getInt()));
    }
    return new Combination(categorical, borders, values);
  }

  /**
   * The hash of one row's combination: {@code CalcHashes} in catboost/libs/model/ctr_provider.h.
   *
   * @param numbers the row's slots, from {@code from}: those of numbers come first
   * @param hashes the row's categories
   */
  long hash(float[] numbers, int from, int[] hashes) {
    long hash = 0;
    for (int feature : categorical) {
      hash = next(hash, hashes[feature]);
    }
    for (Border border : borders) {
      hash = next(hash, numbers[from + border.feature()] > border.border() ? 1 : 0);
    }
    for (Value value : values) {
      hash = next(hash, hashes[value.feature()] == value.hash() ? 1 : 0);
    }
    return hash;
  }

  private static long next(long hash, long value) {
    return MULTIPLIER * (hash + MULTIPLIER * value);
  }
}
