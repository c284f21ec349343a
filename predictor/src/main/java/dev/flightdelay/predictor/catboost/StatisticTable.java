package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.catboost.StatisticKey.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What training counted for each category, or combination of them, by its hash: {@code
 * TCtrValueTable} in catboost/libs/model.
 */
final class StatisticTable {

  // TCtrValueTable
  private static final int BASE = 0;
  private static final int HASHES = 1;
  private static final int NUMBERS = 2;
  private static final int DENOMINATOR = 3;
  private static final int CLASSES = 4;

  private static final int BUCKET_BYTES = 12;
  private static final long EMPTY = -1;
  private static final int NONE = -1;

  private final long[] hashes;
  private final int[] places;
  // Counts, or in turns a float's bits and a count.
  private final int[] numbers;
  private final int denominator;
  private final int classes;

  private StatisticTable(long[] hashes, int[] places, int[] numbers, int denominator, int classes) {
    this.hashes = hashes;
    this.places = places;
    this.numbers = numbers;
    this.denominator = denominator;
    this.classes = classes;
  }

  /** What a table is of. */
  static StatisticKey key(FlatTable table) {
    return StatisticKey.read(
        table
            .table(BASE)
            .orElseThrow(() -> UnreadableModelException.invalid("a statistic is of nothing")));
  }

  /**
   * @param kind what the numbers are
   * @throws UnreadableModelException if the table points outside its numbers
   */
  static StatisticTable read(FlatTable table, Kind kind) {
    int classes = table.integer(CLASSES, 0);
    int width =
        switch (kind) {
          case BORDERS, BUCKETS -> classes;
          case TARGET_MEAN, FLOAT_TARGET_MEAN -> 2;
          case COUNTER, FREQUENCY -> 1;
        };
    ByteBuffer blob = table.bytes(NUMBERS);
    if (width < 1 || kind == Kind.BORDERS && width < 2) {
      throw UnreadableModelException.invalid(
          "a statistic counts %d classes of the target".formatted(classes));
    }
    int[] numbers = new int[blob.limit() / 4];
    blob.asIntBuffer().get(numbers);
    ByteBuffer buckets = table.bytes(HASHES).order(ByteOrder.LITTLE_ENDIAN);
    int count = buckets.limit() / BUCKET_BYTES;
    if (buckets.limit() % BUCKET_BYTES != 0 || Integer.bitCount(count) != 1) {
      throw UnreadableModelException.invalid("a statistic's hashes are not a power of two");
    }
    long[] hashes = new long[count];
    int[] places = new int[count];
    boolean ends = false;
    for (int i = 0; i < count; i++) {
      hashes[i] = buckets.getLong(BUCKET_BYTES * i);
      long place = Integer.toUnsignedLong(buckets.getInt(BUCKET_BYTES * i + 8)) * width;
      ends |= hashes[i] == EMPTY;
      if (hashes[i] != EMPTY && place + width > numbers.length) {
        throw UnreadableModelException.invalid("a statistic has no numbers for one of its hashes");
      }
      places[i] = (int) place;
    }
    if (!ends) {
      throw UnreadableModelException.invalid("a statistic's hashes have no end");
    }
    return new StatisticTable(hashes, places, numbers, table.integer(DENOMINATOR, 0), classes);
  }

  int classes() {
    return classes;
  }

  int denominator() {
    return denominator;
  }

  /** Where the numbers of a hash begin; negative if training did not see it. */
  int find(long hash) {
    int mask = hashes.length - 1;
    for (int i = (int) hash & mask; hashes[i] != EMPTY; i = (i + 1) & mask) {
      if (hashes[i] == hash) {
        return places[i];
      }
    }
    return NONE;
  }

  int count(int at) {
    return numbers[at];
  }

  float real(int at) {
    return Float.intBitsToFloat(numbers[at]);
  }
}
