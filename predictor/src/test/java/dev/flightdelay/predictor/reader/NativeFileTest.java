package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files in the libraries' own formats: what they are taken for, and what a damaged one comes to.
 */
@Tag("small-heap")
class NativeFileTest {

  private static final Path KINDS = Path.of("src/test/resources/kinds");
  private static final Duration MAX_DURATION = Duration.ofSeconds(2);
  private static final int FLIPS = 300;
  private static final int CUTS = 100;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "native-catboost-cbm/classifier.cbm | CatBoost's binary format | CatBoostClassifier",
        "native-lightgbm-text/dart-4.7.txt | LightGBM's text | Booster",
        "native-xgboost-json/logistic-3.2.json | XGBoost's JSON | Booster",
        "native-xgboost-ubj/logistic-3.2.ubj | XGBoost's UBJSON | Booster",
        "native-xgboost-binary/logistic-1.7.bin | XGBoost's binary format | Booster",
        "native-xgboost-binary/logistic-0.90.bin | XGBoost's binary format | Booster"
      })
  void tellsByTheContentWhatAFileIs(String name, String format, String estimator)
      throws IOException {
    byte[] file = Files.readAllBytes(KINDS.resolve(name));

    var read = ModelReader.read(file, "");
    var compressed = ModelReader.read(gzip(file), "");

    assertThat(read.format()).isEqualTo(format);
    assertThat(read.model().signature().estimator()).isEqualTo(estimator);
    assertThat(read.protocol()).isEmpty();
    assertThat(compressed.format()).isEqualTo(format);
  }

  @Test
  void readsIndentedJsonWhoseMembersAreInAnotherOrder() throws IOException {
    String file = Files.readString(KINDS.resolve("native-xgboost-json/logistic-3.2.json")).strip();
    String version = file.substring(file.lastIndexOf(",\"version\""), file.length() - 1);
    String swapped =
        "\n { "
            + version.substring(1)
            + " ,\n"
            + file.substring(1, file.length() - 1 - version.length())
            + "}";

    var read = ModelReader.read(swapped.getBytes(StandardCharsets.UTF_8), "");

    assertThat(read.format()).isEqualTo("XGBoost's JSON");
  }

  @Test
  void saysThatAFileIsOneModelWhereAnEntryIsAskedFor() throws IOException {
    byte[] file = Files.readAllBytes(KINDS.resolve("native-catboost-cbm/classifier.cbm"));

    var refusal =
        catchThrowableOfType(ModelRefusedException.class, () -> ModelReader.read(file, "model"));

    assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(refusal).hasMessageContaining("leave the entry 'model' away");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ctr_data\":{},\"features_info\":{\"float_features\":[]}} | CatBoost's JSON",
        "{\"name\":\"tree\",\"version\":\"v4\",\"num_tree_per_iteration\":1} | LightGBM's dump",
        "[ { \"nodeid\": 0, \"depth\": 0} ] | XGBoost's dump",
        "booster[0]:0:[f0<0.5] yes=1,no=2,missing=1 | XGBoost's dump"
      })
  void namesWhatLibrariesWriteForPeopleToRead(String text, String name) {
    var refusal =
        catchThrowableOfType(
            ModelRefusedException.class,
            () -> ModelReader.read(text.getBytes(StandardCharsets.UTF_8), ""));

    assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(refusal).hasMessageContaining(name).hasMessageContaining("save_model");
  }

  @Test
  void refusesLightGbmsTextWithoutTheEndOfItsCategories() throws IOException {
    String text = Files.readString(KINDS.resolve("native-lightgbm-text/categories-4.7.txt"));
    int line = text.indexOf("pandas_categorical:");

    for (int end = line - 30; end < text.length() - 4; end++) {
      byte[] cut = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
      if (end <= line && text.substring(0, end).contains("end of parameters\n")) {
        // As the library's command line leaves it, which knows no frames.
        continue;
      }
      assertThat(refusalOf(cut)).as("cut at %d", end).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "native-catboost-cbm/classifier.cbm",
        "native-catboost-cbm/multi-logloss.cbm",
        "native-lightgbm-text/categories-4.7.txt",
        "native-xgboost-json/softprob-3.2.json",
        "native-xgboost-ubj/dart-3.2.ubj",
        "native-xgboost-binary/softprob-0.90.bin"
      })
  void refusesOrServesDamagedFiles(String name) throws IOException {
    byte[] file = Files.readAllBytes(KINDS.resolve(name));
    Random random = new Random(1);

    for (int i = 0; i < FLIPS; i++) {
      byte[] damaged = file.clone();
      damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      refusalOf(damaged);
    }
    for (int i = 0; i < CUTS; i++) {
      refusalOf(Arrays.copyOf(file, random.nextInt(file.length)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "native-catboost-cbm/classifier.cbm",
        "native-xgboost-json/softprob-3.2.json",
        "native-xgboost-ubj/dart-3.2.ubj"
      })
  void refusesEveryFileThatIsCutShort(String name) throws IOException {
    byte[] file = Files.readAllBytes(KINDS.resolve(name));
    Random random = new Random(2);

    for (int i = 0; i < CUTS; i++) {
      int length = random.nextInt(file.length);

      assertThat(refusalOf(Arrays.copyOf(file, length))).as("cut at %d", length).isNotNull();
    }
  }

  /** Why it is refused; null where it is served. */
  private static Reason refusalOf(byte[] file) {
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

  private static byte[] gzip(byte[] file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(file);
    }
    return out.toByteArray();
  }
}
