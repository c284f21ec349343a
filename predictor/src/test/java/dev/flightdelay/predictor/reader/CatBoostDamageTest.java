package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** CatBoost's bytes with lying offsets and lengths: a refusal or a model, and nothing else. */
@Tag("small-heap")
class CatBoostDamageTest {

  private static final Path CASE =
      Path.of("src", "test", "resources", "parity-catboost", "classifier-three-texts.pkl");

  @Test
  void refusesOrServesTheFileWithOneBitFlipped() throws IOException {
    byte[] file = Files.readAllBytes(CASE);
    Random random = new Random(1);

    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = file.clone();
      damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      read(damaged);
    }
  }

  @Test
  void refusesEveryWordOfTheModelThatIsVeryLarge() throws IOException {
    byte[] file = Files.readAllBytes(CASE);
    int from = new String(file, StandardCharsets.ISO_8859_1).indexOf("CBM1") + 4;
    Map<Reason, Integer> refused = new EnumMap<>(Reason.class);

    for (int at = from; at < Math.min(file.length, from + 4000); at += 4) {
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

  /** Why it is refused; null where it is served. */
  private static Reason read(byte[] file) {
    try {
      ModelReader.read(file, "");
      return null;
    } catch (ModelRefusedException refused) {
      return refused.reason();
    }
  }
}
