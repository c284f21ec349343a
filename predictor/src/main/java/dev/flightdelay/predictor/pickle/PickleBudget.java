package dev.flightdelay.predictor.pickle;

/**
 * How much work a file may ask for. A forest of 100 trees (2 MB) has 17 thousand opcodes and 3.3
 * thousand memo entries, so that a real model stays far below; and a large file may ask for more in
 * proportion, above what any of 200 real models of some forty kinds does.
 *
 * @param opcodes all opcodes
 * @param memoEntries memoized values, and the highest index of one
 * @param containers tuples, lists, dictionaries and instances
 * @param nesting how deep these contain one another
 * @param referenced bytes of all that containers refer to directly, each reference counted
 * @param copied bytes of texts and bytes that functions are given as arguments, each call counted
 * @param unfolded bytes of the whole, if everything that is shared were copied
 * @param contents bytes of its longer texts and bytes alone, if everything that is shared were
 *     copied: readers make more of these than of anything else
 */
record PickleBudget(
    long opcodes,
    int memoEntries,
    int containers,
    int nesting,
    long referenced,
    long copied,
    long unfolded,
    long contents) {

  private static final long MEBIBYTE = 1L << 20;

  static PickleBudget forFile(int size) {
    return new PickleBudget(
        1_000_000 + size / 2,
        200_000 + size / 8,
        200_000 + size / 16,
        200,
        32 * MEBIBYTE + 16L * size,
        16 * MEBIBYTE + 8L * size,
        4 * MEBIBYTE + 64L * size,
        2 * MEBIBYTE + 32L * size);
  }
}
