package dev.flightdelay.predictor.catboost;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which columns a row's slots are made of. Slots of the same columns are one feature for an
 * explanation, and the columns of one share its part alike, as in CatBoost's {@code ShapValues}.
 *
 * @param features for each slot its feature
 * @param columns for each feature its columns
 */
record CreditedColumns(int[] features, int[][] columns) {

  static CreditedColumns of(Slots slots) {
    Map<List<Integer>, Integer> numbers = new HashMap<>();
    List<int[]> columns = new ArrayList<>();
    int[] features = new int[slots.width()];
    int slot = 0;
    for (int column : slots.numbers()) {
      features[slot++] = feature(List.of(column), numbers, columns);
    }
    for (Combination.Value value : slots.single()) {
      features[slot++] = feature(List.of(slots.categories()[value.feature()]), numbers, columns);
    }
    for (TargetStatistic statistic : slots.statistics()) {
      features[slot++] = feature(columns(slots, statistic.key().combination()), numbers, columns);
    }
    return new CreditedColumns(features, columns.toArray(int[][]::new));
  }

  /**
   * The categorical ones alone, as {@code MapBinFeaturesToClasses} has it: what a combination asks
   * of numbers is credited to the categories that it stands with.
   */
  private static List<Integer> columns(Slots slots, Combination combination) {
    TreeSet<Integer> columns = new TreeSet<>();
    combination.categorical().forEach(feature -> columns.add(slots.categories()[feature]));
    if (columns.isEmpty()) {
      combination.borders().forEach(border -> columns.add(slots.numbers()[border.feature()]));
      combination.values().forEach(value -> columns.add(slots.categories()[value.feature()]));
    }
    return List.copyOf(columns);
  }

  private static int feature(
      List<Integer> its, Map<List<Integer>, Integer> numbers, List<int[]> columns) {
    Integer known = numbers.putIfAbsent(its, columns.size());
    if (known != null) {
      return known;
    }
    columns.add(its.stream().mapToInt(Integer::intValue).toArray());
    return columns.size() - 1;
  }
}
