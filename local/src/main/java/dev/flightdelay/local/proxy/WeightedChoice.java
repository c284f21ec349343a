package dev.flightdelay.local.proxy;

import java.util.List;

/**
 * Chooses by weight, evenly: of any 100 choices at 90 and 10, ten are the second, and they are
 * spread out (the smooth weighted round robin of nginx).
 */
final class WeightedChoice<T> {

  /** Something to choose, with a weight of 0 for never. */
  record Weighted<T>(T value, int weight) {

    Weighted {
      if (weight < 0) {
        throw new IllegalArgumentException("a weight is 0 or more, not " + weight);
      }
    }
  }

  private final List<Weighted<T>> choices;
  private final long[] credit;
  private final long total;

  WeightedChoice(List<Weighted<T>> choices) {
    this.choices = choices.stream().filter(choice -> choice.weight() > 0).toList();
    this.credit = new long[this.choices.size()];
    this.total = this.choices.stream().mapToLong(Weighted::weight).sum();
  }

  boolean isEmpty() {
    return choices.isEmpty();
  }

  /** The next one; not to be asked where there is none. */
  synchronized T next() {
    int best = 0;
    for (int i = 0; i < credit.length; i++) {
      credit[i] += choices.get(i).weight();
      if (credit[i] > credit[best]) {
        best = i;
      }
    }
    credit[best] -= total;
    return choices.get(best).value();
  }
}
