package dev.flightdelay.predictor.pickle;

import static dev.flightdelay.predictor.pickle.Assembler.bytes;
import static dev.flightdelay.predictor.pickle.Assembler.pickle;
import static dev.flightdelay.predictor.pickle.Assembler.repeat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flightdelay.predictor.model.ModelRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real pickles, cut short and with flipped bits, in a Java of 128 MiB. */
class DamagedPicklesTest {

  private static final Path LEGACY_PICKLES = Path.of("../../shared/seed-models");
  private static final int FLIPS = 10_000;
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @Test
  void readsOrRefusesEveryDamagedLegacyPickleInASmallHeap() throws Exception {
    assumeTrue(
        Files.isDirectory(LEGACY_PICKLES), "the legacy models are not beside the repository");

    Process child =
        new ProcessBuilder(
                JAVA.toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                DamagedPicklesTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes());

    assertThat(child.waitFor()).as(output).isZero();
    assertThat(output).contains("40000 flips").contains("0 of them refused late");
  }

  /** What the child does; any exception but a refusal ends it with another exit code than 0. */
  public static void main(String[] arguments) throws IOException {
    int cuts = 0;
    int flips = 0;
    int refused = 0;
    int late = 0;
    long slowest = 0;
    for (byte[] pickle : legacyPickles()) {
      var reader = new PickleReader(StubGlobals.allowing(RealPicklesTest.namedIn(pickle)));
      for (int length = 0; length < pickle.length; length++) {
        cuts++;
        if (!isRefused(reader, Arrays.copyOf(pickle, length))) {
          throw new AssertionError("a pickle of " + length + " bytes was read");
        }
      }
      var random = new Random(pickle.length);
      for (int i = 0; i < FLIPS; i++) {
        flips++;
        byte[] damaged = pickle.clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        long start = System.nanoTime();
        refused += isRefused(reader, damaged) ? 1 : 0;
        PickleFile.outline(reader, damaged);
        long took = System.nanoTime() - start;
        slowest = Math.max(slowest, took);
        late += took > TimeUnit.SECONDS.toNanos(2) ? 1 : 0;
      }
    }
    System.out.printf("%d of 20 hungry files refused%n", readHungry());
    System.out.printf(
        "%d cuts, %d flips, %d refused, slowest %d us, %d of them refused late%n",
        cuts, flips, refused, TimeUnit.NANOSECONDS.toMicros(slowest), late);
  }

  /** Files that ask for as much memory as their size allows, one after the other. */
  private static int readHungry() {
    var reader = new PickleReader(new AllowedGlobals(List.of()));
    int refused = 0;
    for (int millions : List.of(1, 6)) {
      int times = millions * 1_000_000;
      for (byte[] value : List.of(bytes(0x8c, 0), bytes("N"), bytes("K", 200), bytes("I9\n"))) {
        refused += isRefused(reader, pickle("(", repeat(times, (Object) value), "t")) ? 1 : 0;
        refused += isRefused(reader, pickle("](", repeat(times, (Object) value), "e")) ? 1 : 0;
      }
    }
    for (int thousands : List.of(100, 500)) {
      int times = thousands * 1000;
      refused += isRefused(reader, pickle("(", repeat(times, "}NNs"), "t")) ? 1 : 0;
      refused +=
          isRefused(reader, pickle("](", repeat(times, "](N", 0x94, "e", 0x94), "e")) ? 1 : 0;
    }
    return refused;
  }

  private static List<byte[]> legacyPickles() throws IOException {
    try (Stream<Path> files = Files.list(LEGACY_PICKLES)) {
      return files.sorted().map(DamagedPicklesTest::content).toList();
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static boolean isRefused(PickleReader reader, byte[] file) {
    try {
      PickleFile.read(reader, file);
      return false;
    } catch (ModelRefusedException refused) {
      return true;
    }
  }
}
