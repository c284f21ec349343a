package dev.flightdelay.predictor.budget;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.function.Supplier;

/**
 * What reading one file may make, counted before it is made: numbers of one byte become doubles of
 * eight, and an array that many estimators share is made for each of them.
 *
 * <p>Two bounds hold. One is in proportion to the file, the same on every machine. The other is the
 * heap: a process may end at its first allocation that fails, so that none may. Outside of a
 * reading there is neither.
 */
public final class ReadingBudget {

  private static final ScopedValue<ReadingBudget> CURRENT = ScopedValue.newInstance();

  private static final long MEBIBYTE = 1L << 20;

  /** What any file may make. */
  private static final long ALWAYS_ALLOWED = 256 * MEBIBYTE;

  /**
   * Bytes become doubles, those are turned for a search, and neighbours' shared by a few models.
   */
  private static final long BYTES_PER_BYTE = 64;

  /** A compressed file counts as if it held this much of its size: twice what doubles do. */
  private static final long USUAL_RATIO = 16;

  /** An array of this part of the heap finds room in either generation. */
  private static final long SMALL_PART = 16;

  /** The heap is looked at after so much was made. */
  private static final long BETWEEN_LOOKS = 4 * MEBIBYTE;

  /** Each collection takes a time in proportion to the heap. */
  private static final int MAX_COLLECTIONS = 8;

  private final long allowed;
  private long read;
  private long made;
  private long sinceLook;
  private int collections;

  private ReadingBudget(long allowed) {
    this.allowed = allowed;
  }

  /** How many bytes of objects a model may fill in this process. */
  public static long heap() {
    // The rest is what such estimates are wrong by: a heap that is really full may end the process.
    return Runtime.getRuntime().maxMemory() / 8 * 7;
  }

  /**
   * Reads within a budget.
   *
   * @param bytes of the file
   * @param unpacked of what the file holds, where it is compressed; else the same
   */
  public static <T> T within(long bytes, long unpacked, Supplier<T> reading) {
    long weight = Math.min(unpacked, USUAL_RATIO * bytes);
    ReadingBudget budget = new ReadingBudget(ALWAYS_ALLOWED + BYTES_PER_BYTE * weight);
    return ScopedValue.where(CURRENT, budget).call(reading::get);
  }

  /**
   * How much of the heap reading may fill: an array needs its room in one piece, and the old
   * generation, where it comes to, is two thirds of the heap.
   */
  public static long share(long heap) {
    return heap / 8 * 5;
  }

  /** The same before a piece: a model of many small ones, such as a forest, may fill more. */
  private static long share(long heap, long piece) {
    return piece <= heap / SMALL_PART ? heap / 4 * 3 : share(heap);
  }

  /** Counts numbers that are taken from the file, made anew or not. */
  public static void countNumbers(long numbers) {
    if (CURRENT.isBound()) {
      CURRENT.get().read += numbers;
    }
  }

  /** The numbers that this reading has taken from the file so far. */
  public static long numbers() {
    return CURRENT.isBound() ? CURRENT.get().read : 0;
  }

  /**
   * Asks for room before something is made.
   *
   * @throws ModelRefusedException if there is none
   */
  public static void take(long bytes) {
    if (CURRENT.isBound()) {
      CURRENT.get().takeFor(bytes);
    }
  }

  private void takeFor(long bytes) {
    made += bytes;
    if (made > allowed) {
      throw new ModelRefusedException(
          Reason.BUDGET_EXCEEDED,
          "the arrays of the model need more than %d MiB, far more than those of a file of its size do"
              .formatted(allowed / MEBIBYTE));
    }
    sinceLook += bytes;
    if (sinceLook >= BETWEEN_LOOKS) {
      sinceLook = 0;
      requireRoom(bytes);
    }
  }

  private void requireRoom(long bytes) {
    if (hasRoom(bytes)) {
      return;
    }
    if (++collections <= MAX_COLLECTIONS) {
      // What was made on the way to the model is garbage, and counts as used until it is collected.
      System.gc();
      if (hasRoom(bytes)) {
        return;
      }
    }
    long heap = Runtime.getRuntime().maxMemory();
    throw new ModelRefusedException(
        Reason.BUDGET_EXCEEDED,
        "what is made of the file takes more memory than a model may fill: %d of %d MiB of heap; give this process more"
            .formatted(share(heap, bytes) / MEBIBYTE, heap / MEBIBYTE));
  }

  private static boolean hasRoom(long bytes) {
    Runtime java = Runtime.getRuntime();
    long used = java.totalMemory() - java.freeMemory();
    // What is made before the next look is small, and finds room in the young generation.
    return used + bytes <= share(java.maxMemory(), bytes);
  }
}
