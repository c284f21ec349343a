package dev.flightdelay.predictor.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightdelay.predictor.model.ModelRefusedException;
import org.junit.jupiter.api.Test;

class ReadingBudgetTest {

  private static final long MEBIBYTE = 1L << 20;

  @Test
  void refusesMoreThanAFileOfThatSizeNeeds() {
    assertThatThrownBy(() -> making(1000, 1000, 300 * MEBIBYTE))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith("BUDGET_EXCEEDED: the arrays of the model need more than 256 MiB");
  }

  @Test
  void countsACompressedFileByWhatOneUsuallyHolds() {
    assertThatThrownBy(() -> making(1000, 100 * MEBIBYTE, 300 * MEBIBYTE))
        .hasMessageContaining("far more than those of a file of its size");
  }

  @Test
  void refusesWhatTheHeapHasNoRoomFor() {
    long heap = Runtime.getRuntime().maxMemory();

    assertThatThrownBy(() -> making(heap, heap, heap))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith("BUDGET_EXCEEDED: what is made of the file takes more memory");
  }

  @Test
  void hasRoomAgainForWhatIsGarbage() {
    // Each piece is forgotten at once, and all of them together are more than the heap.
    int pieces = (int) (2 * Runtime.getRuntime().maxMemory() / (8 * MEBIBYTE));

    assertThatCode(
            () ->
                ReadingBudget.within(
                    1L << 40,
                    1L << 40,
                    () -> {
                      long sum = 0;
                      for (int i = 0; i < pieces; i++) {
                        ReadingBudget.take(8 * MEBIBYTE);
                        sum += new byte[(int) (8 * MEBIBYTE)].length;
                      }
                      return sum;
                    }))
        .doesNotThrowAnyException();
  }

  @Test
  void boundsNothingOutsideOfAReading() {
    assertThatCode(() -> ReadingBudget.take(Long.MAX_VALUE)).doesNotThrowAnyException();
    assertThat(ReadingBudget.numbers()).isZero();
  }

  private static long making(long bytes, long unpacked, long made) {
    return ReadingBudget.within(
        bytes,
        unpacked,
        () -> {
          ReadingBudget.take(made);
          return made;
        });
  }
}
