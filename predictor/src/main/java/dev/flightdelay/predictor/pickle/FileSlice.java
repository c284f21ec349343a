package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.budget.ReadingBudget;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes of a pickle where they lie in its file, which is never changed: a forest is almost nothing
 * else, and need not be twice in memory. Whoever keeps one keeps the file.
 */
public record FileSlice(byte[] file, int from, int length) {

  public FileSlice {
    if (from < 0 || length < 0 || length > file.length - from) {
      throw new IllegalArgumentException(
          "%d bytes from %d on are not in a file of %d".formatted(length, from, file.length));
    }
  }

  /** A copy of the bytes that a value of a pickle is; empty if it is none. */
  public static Optional<byte[]> copy(Object value) {
    return switch (value) {
      case FileSlice slice -> {
        ReadingBudget.take(slice.length);
        yield Optional.of(Arrays.copyOfRange(slice.file, slice.from, slice.from + slice.length));
      }
      case byte[] bytes -> Optional.of(bytes);
      case null, default -> Optional.empty();
    };
  }
}
