package dev.flightdelay.predictor.fuzz;

import dev.flightdelay.predictor.pickle.EditedPickle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzzes what is behind the verifier: edits opcodes of real pickles, whose lengths stay right. An
 * input is the number of a pickle (two bytes) and the edits.
 */
public final class EditedPickleFuzz {

  private static final List<Path> PICKLES = FuzzSeeds.plainPickles();

  private EditedPickleFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    int number = (input[0] & 0xff | (input[1] & 0xff) << 8) % PICKLES.size();
    // Read each time: their opcodes, thousands of files', are more than the small heap.
    EditedPickle pickle = read(PICKLES.get(number));
    FuzzOracle.check(pickle.edit(Arrays.copyOfRange(input, 2, input.length)));
  }

  private static EditedPickle read(Path path) {
    try {
      return EditedPickle.of(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
