package dev.flightdelay.operator.rollout;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Whole percentages that add up to 100, or to what is left of it. */
final class Percentages {

  private Percentages() {}

  /**
   * In the proportions of the shares, by the largest remainder; those of 0 are left out, and if all
   * are 0, the map is empty.
   */
  static Map<String, Integer> of(Map<String, Double> shares) {
    return of(shares, 100);
  }

  /** The same, but that they add up to a part of 100. */
  static Map<String, Integer> of(Map<String, Double> shares, int whole) {
    double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Integer> percentages = new TreeMap<>();
    if (sum <= 0) {
      return percentages;
    }
    Map<String, Double> remainders = new TreeMap<>();
    int left = whole;
    for (Map.Entry<String, Double> share : shares.entrySet()) {
      double exact = whole * share.getValue() / sum;
      // 29.999999999999996 is 30 that went through a division.
      int floor = (int) Math.floor(exact + 1e-9);
      percentages.put(share.getKey(), floor);
      remainders.put(share.getKey(), exact - floor);
      left -= floor;
    }
    remainders.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(left)
        .forEach(remainder -> percentages.merge(remainder.getKey(), 1, Integer::sum));
    percentages.values().removeIf(percentage -> percentage == 0);
    return percentages;
  }
}
