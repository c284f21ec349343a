package dev.flightdelay.predictor.numpy;

/**
 * NumPy's {@code argpartition}: which numbers are the smallest, the same ones of those that are
 * equal as {@code introselect_} of its {@code npysort/selection.cpp} takes. NumPy promises none of
 * them, and since 2.0 takes others where the processor has AVX2 or AVX-512.
 */
public final class ArgPartition {

  /** Places before this one are found by looking through all numbers for each. */
  private static final int FIRST_PLACES = 3;

  /** Fewer than these have no medians of five. */
  private static final int FEW = 5;

  private final double[] numbers;
  // Which number stands at each place.
  private final int[] order;

  private ArgPartition(double[] numbers, int[] order) {
    this.numbers = numbers;
    this.order = order;
  }

  /**
   * The places of the first {@code count} numbers, such that none before {@code k} is larger than
   * the one at {@code k}, and none behind it smaller; NaN is larger than all others.
   */
  public static int[] of(double[] numbers, int count, int k) {
    if (k < 0 || k >= count || count > numbers.length) {
      throw new IllegalArgumentException("no place %d of %d numbers".formatted(k, count));
    }
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    new ArgPartition(numbers, order).select(0, count, k);
    return order;
  }

  /** Partitions the {@code count} places from {@code from} around the k-th of them. */
  private void select(int from, int count, int k) {
    if (k < FIRST_PLACES) {
      selectFirst(from, count, k);
      return;
    }
    if (k == count - 1) {
      moveLargestToEnd(from, count);
      return;
    }
    int low = from;
    int high = from + count - 1;
    int place = from + k;
    // So many medians of three before those of five, whose number of rounds has a bound.
    int rounds = 2 * (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(count));
    while (low + 1 < high) {
      int left = low + 1;
      int right = high;
      if (rounds > 0 || right - left < FEW) {
        medianOfThree(low, low + (high - low) / 2, high);
      } else {
        swap(left + medianOfMedians(left, right - left), low);
        left--;
        right++;
      }
      rounds--;
      double pivot = at(low);
      while (true) {
        do {
          left++;
        } while (less(at(left), pivot));
        do {
          right--;
        } while (less(pivot, at(right)));
        if (right < left) {
          break;
        }
        swap(left, right);
      }
      swap(low, right);
      if (right >= place) {
        high = right - 1;
      }
      if (right <= place) {
        low = left;
      }
    }
    if (high == low + 1) {
      swapIfLess(high, low);
    }
  }

  private void selectFirst(int from, int count, int k) {
    for (int i = from; i <= from + k; i++) {
      int least = i;
      for (int j = i + 1; j < from + count; j++) {
        if (less(at(j), at(least))) {
          least = j;
        }
      }
      swap(i, least);
    }
  }

  private void moveLargestToEnd(int from, int count) {
    int largest = from;
    for (int i = from + 1; i < from + count; i++) {
      if (!less(at(i), at(largest))) {
        largest = i;
      }
    }
    swap(from + count - 1, largest);
  }

  /** Puts the median at {@code low} and the least behind it. */
  private void medianOfThree(int low, int middle, int high) {
    swapIfLess(high, middle);
    swapIfLess(high, low);
    swapIfLess(low, middle);
    swap(middle, low + 1);
  }

  /** The place, from {@code from}, of the median of the medians of each five. */
  private int medianOfMedians(int from, int count) {
    int medians = count / FEW;
    for (int i = 0; i < medians; i++) {
      swap(medianOfFive(from + FEW * i), from + i);
    }
    if (medians > 2) {
      select(from, medians, medians / 2);
    }
    return medians / 2;
  }

  private int medianOfFive(int from) {
    swapIfLess(from + 1, from);
    swapIfLess(from + 4, from + 3);
    swapIfLess(from + 3, from);
    swapIfLess(from + 4, from + 1);
    swapIfLess(from + 2, from + 1);
    if (!less(at(from + 3), at(from + 2))) {
      return from + 2;
    }
    return less(at(from + 3), at(from + 1)) ? from + 1 : from + 3;
  }

  private double at(int place) {
    return numbers[order[place]];
  }

  private void swapIfLess(int place, int other) {
    if (less(at(place), at(other))) {
      swap(place, other);
    }
  }

  private void swap(int place, int other) {
    int moved = order[place];
    order[place] = order[other];
    order[other] = moved;
  }

  private static boolean less(double a, double b) {
    return a < b || Double.isNaN(b) && !Double.isNaN(a);
  }
}
