package dev.flightdelay.predictor.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.AllowedGlobals;
import dev.flightdelay.predictor.pickle.PickleFile;
import dev.flightdelay.predictor.pickle.PickleReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/** Files of joblib that were damaged or made to harm, in a Java of 128 MiB. */
@Tag("small-heap")
class HostileJoblibTest {

  private static final Path FILES = Path.of("src/test/resources/joblib");
  private static final int MEBIBYTE = 1 << 20;

  private enum Compressor {
    ZLIB,
    GZIP,
    BZ2,
    XZ,
    LZMA,
    LZ4;

    OutputStream open(OutputStream target) throws IOException {
      return switch (this) {
        case ZLIB -> new DeflaterOutputStream(target);
        case GZIP -> new GZIPOutputStream(target);
        case BZ2 -> new BZip2CompressorOutputStream(target, 1);
        case XZ -> new XZOutputStream(target, new LZMA2Options(0));
        case LZMA -> new LZMAOutputStream(target, new LZMA2Options(0), -1);
        case LZ4 -> new FramedLZ4CompressorOutputStream(target);
      };
    }

    byte[] compress(byte[] content, int times) throws IOException {
      var compressed = new ByteArrayOutputStream();
      try (OutputStream stream = open(compressed)) {
        for (int i = 0; i < times; i++) {
          stream.write(content);
        }
      }
      return compressed.toByteArray();
    }

    byte[] compress(byte[] content) throws IOException {
      return compress(content, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.9.4-zfile",
        "0.11-p2",
        "1.6.0-p4",
        "1.6.0-zlib",
        "1.6.0-gzip",
        "1.6.0-bz2",
        "1.6.0-xz",
        "1.6.0-lzma",
        "1.6.0-lz4"
      })
  void refusesAFileThatIsCutShortAnywhere(String name) throws IOException {
    byte[] file = file(name);

    for (int length = 0; length < file.length; length++) {
      refusal(Arrays.copyOf(file, length));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.6.0-p4, 10000",
    "0.11-p2, 5000",
    "1.6.0-zlib, 1000",
    "1.6.0-bz2, 1000",
    "1.6.0-xz, 1000",
    "1.6.0-lz4, 1000"
  })
  void readsOrRefusesWhateverBitIsFlipped(String name, int flips) throws IOException {
    byte[] file = file(name);
    var random = new Random(file.length);
    for (int i = 0; i < flips; i++) {
      byte[] damaged = file.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      long start = System.nanoTime();
      readOrRefuse(damaged);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  private static void readOrRefuse(byte[] file) {
    try {
      PickleFile.read(reader(), file);
    } catch (ModelRefusedException refused) {
      assertThat(refused).hasMessageMatching("\\A[ -~]+\\z");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesABombWithoutUnfoldingIt(Compressor compressor) throws IOException {
    byte[] bomb = compressor.compress(new byte[MEBIBYTE], 150);

    var refused = assertTimeoutPreemptively(Duration.ofSeconds(2), () -> refusal(bomb));

    assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(Reason.BUDGET_EXCEEDED);
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatFollowsTheCompressedData(Compressor compressor) throws IOException {
    byte[] file = compressor.compress(file("1.6.0-p4"));
    assertThatCode(() -> PickleFile.read(reader(), file)).doesNotThrowAnyException();

    for (byte[] garbage : new byte[][] {{'x'}, {0}, "some more text, longer".getBytes()}) {
      assertThat(refusal(concatenate(file, garbage)).reason())
          .isIn(Reason.CONTAINER_REJECTED, Reason.TRAILING_DATA);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "BZ2", "XZ", "LZ4"})
  void readsAFileOfSeveralMembers(Compressor compressor) throws IOException {
    byte[] file = file("1.6.0-p4");
    byte[] first = compressor.compress(Arrays.copyOf(file, 1000));
    byte[] second = compressor.compress(Arrays.copyOfRange(file, 1000, file.length));

    assertThatCode(() -> PickleFile.read(reader(), concatenate(first, second)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void refusesAFileThatIsCompressedTwice(Compressor compressor) throws IOException {
    byte[] file = compressor.compress(file("1.6.0-gzip"));

    assertThat(refusal(file))
        .hasMessageContaining("compressed twice")
        .returns(Reason.CONTAINER_REJECTED, ModelRefusedException::reason);
  }

  @Test
  void refusesADictionaryThatIsLargerThanThereIsRoomFor() throws IOException {
    byte[] file = Compressor.LZMA.compress(file("1.6.0-p4"));
    Arrays.fill(file, 1, 5, (byte) 0x7f);

    // Its first bytes are those of lzma only where the dictionary is a round one.
    file[1] = 0;
    file[2] = 0;
    assertThat(refusal(file).reason()).isEqualTo(Reason.BUDGET_EXCEEDED);
  }

  @Test
  void refusesAShapeThatIsLargerThanTheFile() throws IOException {
    byte[] file =
        replace(file("0.11-p2"), "K\u0002K\u0003\u0086", "J\u0000\u0000\u0000\u003fK\u0003\u0086");

    assertThat(refusal(file).reason()).isEqualTo(Reason.STATE_INVALID);
  }

  @Test
  void refusesMoreItemsThanTheFileHas() throws IOException {
    byte[] file = replace(file("0.11-p2"), "K\u0002K\u0003\u0086", "M\u0000\u0010K\u0003\u0086");

    assertThat(refusal(file))
        .hasMessageContaining("98304 bytes")
        .returns(Reason.LENGTH_EXCEEDED, ModelRefusedException::reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "K\u0001K\u0003\u0086",
        "K\u0003K\u0003\u0086",
        "K\u0000K\u0003\u0086",
        "J\u00ff\u00ff\u00ff\u00ffK\u0003\u0086",
        "G\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000K\u0003\u0086",
        "NK\u0003\u0086",
        "K\u0002K\u0003K\u0002\u0087"
      })
  void refusesAShapeThatIsNotThatOfTheItems(String shape) throws IOException {
    refusal(replace(file("0.11-p2"), "K\u0002K\u0003\u0086", shape));
  }

  @Test
  void refusesItemsThatAreTooFewOrTooMany() throws IOException {
    String last = "\u0000\u0000\u0000\u0000\u0000\u0000\u00f4\u003f";

    refusal(replace(file("0.11-p2"), last, ""));
    refusal(replace(file("0.11-p2"), last, last + last));
    refusal(replace(file("0.11-p2"), last, last.substring(1)));
  }

  @Test
  void refusesPaddingThatJoblibDoesNotWrite() throws IOException {
    byte[] file = file("1.6.0-p4");
    int padding = indexOf(file, "K\u0010ub") + 4;
    assertThat(file[padding + 1]).isEqualTo((byte) 0xff);

    for (int length : new int[] {0, 1, file[padding] - 1, file[padding] + 1, 17, 255}) {
      byte[] wrong = file.clone();
      wrong[padding] = (byte) length;
      assertThat(refusal(wrong))
          .returns(Reason.MALFORMED, ModelRefusedException::reason)
          .returns((long) padding, ModelRefusedException::offset);
    }
    file[padding + 1] = 0;
    assertThat(refusal(file).reason()).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void refusesAForbiddenGlobalInsideAnArrayOfObjects() throws IOException {
    byte[] file = file("0.11-p2");
    int inner = indexOf(Arrays.copyOfRange(file, 2, file.length), "\u0080\u0002c") + 2;
    byte[] hostile =
        concatenate(
            Arrays.copyOf(file, inner + 2),
            bytes("cos\nsystem\n"),
            Arrays.copyOfRange(file, inner + 2, file.length));

    assertThat(refusal(hostile))
        .hasMessageContaining("os.system")
        .returns(Reason.GLOBAL_NOT_ALLOWED, ModelRefusedException::reason)
        .returns((long) inner + 2, ModelRefusedException::offset);
    assertThat(reader().outline(hostile).orElseThrow().globals())
        .anyMatch(g -> g.toString().equals("os.system"));
  }

  @Test
  void refusesAnInnerPickleThatIsNoArrayOfObjects() throws IOException {
    byte[] file = file("0.11-p2");
    int inner = indexOf(Arrays.copyOfRange(file, 2, file.length), "\u0080\u0002c") + 2;
    byte[] number = concatenate(Arrays.copyOf(file, inner), bytes("\u0080\u0002K\u0001.s."));

    assertThat(refusal(number).reason()).isIn(Reason.MALFORMED, Reason.STATE_INVALID);
  }

  @Test
  void refusesWrappersOfOtherThanNumpyArrays() throws IOException {
    assertThat(refusal(replace(file("0.11-p2"), "cnumpy\nndarray\n", "cnumpy\nmatrix\n")).reason())
        .isEqualTo(Reason.GLOBAL_NOT_ALLOWED);
    assertThat(refusal(replace(file("0.11-p2"), "cnumpy\nndarray\n", "cnumpy\ndtype\n")).reason())
        .isEqualTo(Reason.STATE_INVALID);
    assertThat(
            refusal(
                    replace(
                        file("0.11-p2"),
                        "X\u0001\u0000\u0000\u0000C",
                        "X\u0001\u0000\u0000\u0000K"))
                .reason())
        .isEqualTo(Reason.STATE_INVALID);
  }

  @Test
  void refusesAWrapperThatIsCalled() {
    byte[] file = bytes("cjoblib.numpy_pickle\nNumpyArrayWrapper\n)R.");

    assertThat(refusal(file).reason()).isEqualTo(Reason.CALL_NOT_ALLOWED);
  }

  private static byte[] file(String name) throws IOException {
    return Files.readAllBytes(FILES.resolve(name + ".joblib"));
  }

  private static ModelRefusedException refusal(byte[] file) {
    var refused =
        catchThrowableOfType(ModelRefusedException.class, () -> PickleFile.read(reader(), file));
    assertThat(refused).isNotNull();
    assertThat(refused).hasMessageMatching("\\A[ -~]+\\z");
    return refused;
  }

  private static byte[] replace(byte[] file, String from, String to) {
    int at = indexOf(file, from);
    return concatenate(
        Arrays.copyOf(file, at),
        bytes(to),
        Arrays.copyOfRange(file, at + from.length(), file.length));
  }

  private static int indexOf(byte[] file, String part) {
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(part);
    assertThat(at).isNotNegative();
    return at;
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] concatenate(byte[]... parts) {
    var whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  private static PickleReader reader() {
    return new PickleReader(new AllowedGlobals(NumpyGlobals.ALL));
  }
}
