package dev.flightdelay.operator.rollout;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Whole percentages that add up to 100. */
final class Percentages {

  private Percentages() {}

  /**
   * In the proportions of the shares, by the largest remainder; those of 0 are left out, and if all
   * are 0, the map is empty.
   */
  static Map<String, Integer> of(Map<String, Double> shares) {
    double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Integer> percentages = new TreeMap<>();
    if (sum <= 0) {
      return percentages;
    }
    Map<String, Double> remainders = new TreeMap<>();
    int left = 100;
    for (Map.Entry<String, Double> share : shares.entrySet()) {
      double exact = 100 * share.getValue() / sum;
      // 29.999999999999996 is 30 that went through a division.
      int whole = (int) Math.floor(exact + 1e-9);
      percentages.put(share.getKey(), whole);
      remainders.put(share.getKey(), exact - whole);
      left -= whole;
    }
    remainders.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(left)
        .forEach(remainder -> percentages.merge(remainder.getKey(), 1, Integer::sum));
    percentages.values().removeIf(percentage -> percentage == 0);
    return percentages;
  }
}
