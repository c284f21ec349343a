package dev.flightdelay.predictor.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the columns that one-hot encoding made, as {@code pandas.get_dummies} names them: {@code
 * MES_1 .. MES_12}. Names alone can deceive: {@code sepal_length} and {@code sepal_width} are
 * measures. What a model compares such columns with tells them apart, since a number between 0 and
 * 1 parts the two, and any other would part nothing.
 */
final class OneHotGroups {

  private OneHotGroups() {}

  /**
   * Groups of names whose categories are their own: where two prefixes share a suffix, as in {@code
   * sepal_length} and {@code petal_length}, the suffixes rather name what is measured.
   */
  static Map<String, OneHotGroup> byNames(List<String> names) {
    Map<String, OneHotGroup> groups = candidates(names);
    Map<String, Integer> groupsOfCategory = new HashMap<>();
    for (OneHotGroup group : groups.values()) {
      for (String category : group.categories()) {
        groupsOfCategory.merge(category, 1, Integer::sum);
      }
    }
    groups
        .values()
        .removeIf(
            group ->
                group.categories().stream()
                    .anyMatch(category -> groupsOfCategory.get(category) > 1));
    return Collections.unmodifiableMap(groups);
  }

  /** The same, but where the model's comparisons say more than names do. */
  static Map<String, OneHotGroup> bySplits(List<String> names, Splits splits) {
    Map<String, OneHotGroup> candidates = candidates(names);
    if (candidates.isEmpty()) {
      return Map.of();
    }
    Map<Integer, Double> between = new HashMap<>();
    Set<Integer> elsewhere = new HashSet<>();
    Set<Integer> several = new HashSet<>();
    splits.each(
        (column, threshold) -> {
          if (!(threshold > 0 && threshold < 1)) {
            elsewhere.add(column);
          } else {
            Double before = between.putIfAbsent(column, threshold);
            if (before != null && before != threshold) {
              several.add(column);
            }
          }
        });
    Map<String, OneHotGroup> byNames = byNames(names);
    Map<String, OneHotGroup> groups = new LinkedHashMap<>();
    candidates.forEach(
        (name, group) -> {
          boolean denied = !Collections.disjoint(group.columns(), elsewhere);
          // A share between 0 and 1 is compared with many numbers, 0 and 1 need but one.
          boolean shown =
              !Collections.disjoint(group.columns(), between.keySet())
                  && Collections.disjoint(group.columns(), several);
          if (!denied && (shown || byNames.containsKey(name))) {
            groups.put(name, group);
          }
        });
    return Collections.unmodifiableMap(groups);
  }

  private static Map<String, OneHotGroup> candidates(List<String> names) {
    Map<String, List<Integer>> byFirstWord = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      int underscore = names.get(i).indexOf('_');
      if (underscore > 0 && underscore < names.get(i).length() - 1) {
        byFirstWord
            .computeIfAbsent(names.get(i).substring(0, underscore), word -> new ArrayList<>())
            .add(i);
      }
    }
    Set<String> columnNames = new HashSet<>(names);
    Map<String, OneHotGroup> groups = new LinkedHashMap<>();
    for (List<Integer> columns : byFirstWord.values()) {
      if (columns.size() < 2) {
        continue;
      }
      // flight_type_I and flight_type_N share more than the first word.
      String prefix = commonPrefix(names, columns);
      String name = prefix.substring(0, prefix.lastIndexOf('_'));
      if (columnNames.contains(name)) {
        continue;
      }
      List<String> categories =
          columns.stream().map(column -> names.get(column).substring(name.length() + 1)).toList();
      groups.put(name, new OneHotGroup(name, categories, columns));
    }
    return groups;
  }

  private static String commonPrefix(List<String> names, List<Integer> columns) {
    String prefix = names.get(columns.getFirst());
    for (int column : columns) {
      String name = names.get(column);
      int length = 0;
      int limit = Math.min(prefix.length(), name.length());
      while (length < limit && prefix.charAt(length) == name.charAt(length)) {
        length++;
      }
      prefix = prefix.substring(0, length);
    }
    return prefix;
  }
}
