package dev.flightdelay.predictor.catboost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CatBoost's bytes with lying offsets and lengths: a refusal or a model, and nothing else. */
@Tag("small-heap")
class CatBoostDamageTest {

  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final Duration MAX_DURATION = Duration.ofSeconds(2);
  private static final int WORDS = 200;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parity-catboost/classifier-three-texts.pkl",
        "kinds/catboost-lossguide/regressor.pkl",
        "kinds/catboost-combinations/with-numbers.pkl.gz",
        "kinds/catboost-target-statistics/every-kind.pkl.gz"
      })
  void refusesOrServesTheFileWithOneBitFlipped(String name) throws IOException {
    byte[] file = file(name);
    Random random = new Random(1);

    for (int i = 0; i < 400; i++) {
      byte[] damaged = file.clone();
      damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      read(damaged);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parity-catboost/classifier-three-texts.pkl",
        "kinds/catboost-depthwise/classifier.pkl",
        "kinds/catboost-combinations/depthwise.pkl.gz",
        "kinds/catboost-target-statistics/four-classes.pkl.gz"
      })
  void refusesEveryWordOfTheModelThatIsVeryLarge(String name) throws IOException {
    byte[] file = file(name);
    int from = new String(file, StandardCharsets.ISO_8859_1).indexOf("CBM1") + 4;
    // The words are looked at in all parts of the file.
    int step = Math.max(4, (file.length - from) / WORDS / 4 * 4);
    Map<Reason, Integer> refused = new EnumMap<>(Reason.class);

    for (int at = from; at < file.length - 4; at += step) {
      for (int lie : new int[] {-1, 1 << 20}) {
        byte[] damaged = Arrays.copyOf(file, file.length);
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(at, lie);
        Reason reason = read(damaged);
        if (reason != null) {
          refused.merge(reason, 1, Integer::sum);
        }
      }
    }

    assertThat(refused).containsKey(Reason.MODEL_INVALID);
  }

  private static byte[] file(String name) throws IOException {
    byte[] file = Files.readAllBytes(RESOURCES.resolve(name));
    if (!name.endsWith(".gz")) {
      return file;
    }
    try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(file))) {
      return unpacked.readAllBytes();
    }
  }

  /** Why it is refused; null where it is served. */
  private static Reason read(byte[] file) {
    long start = System.nanoTime();
    try {
      ModelReader.read(file, "");
      return null;
    } catch (ModelRefusedException refused) {
      return refused.reason();
    } finally {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MAX_DURATION);
    }
  }
}
