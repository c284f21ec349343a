package dev.flightdelay.predictor.source.store;

import static dev.flightdelay.predictor.source.FetchSettingsFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.source.FetchSettings;
import dev.flightdelay.predictor.source.FetchState;
import dev.flightdelay.predictor.source.FetchedModel;
import dev.flightdelay.predictor.source.FetchingProcess;
import dev.flightdelay.predictor.source.FileSourceTest;
import dev.flightdelay.predictor.source.ModelFetchException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import dev.flightdelay.predictor.source.ModelFetcher;
import dev.flightdelay.predictor.source.ModelLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against versitygw, which verifies the signature of every request. */
class S3SourceIT {

  private static final byte[] MODEL = new byte[9 << 20];

  static {
    new Random(3).nextBytes(MODEL);
  }

  private static final String SHA256 = FileSourceTest.sha256(MODEL);
  private static final String ID = "flightdelay";
  private static final String SECRET = "only-for-this-test";
  private static final String REGION = "eu-test-1";

  @TempDir static Path data;
  private static Emulator emulator;

  @TempDir Path directory;
  private Path credentials;
  private Path downloads;
  private final List<FetchState> states = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    Emulator.program("versitygw");
    Path bucket = Files.createDirectories(data.resolve("models/flights"));
    Files.write(bucket.resolve("m.pkl"), MODEL);
    Files.write(bucket.resolve("m 1+2%20#?ü.pkl"), MODEL);
    emulator = Emulator.s3(data, Emulator.freePort(), ID, SECRET, REGION);
  }

  @AfterAll
  static void stop() {
    if (emulator != null) {
      emulator.close();
    }
  }

  @BeforeEach
  void mount() throws IOException {
    downloads = Files.createDirectory(directory.resolve("downloads"));
    credentials = Files.createDirectory(directory.resolve("credentials"));
    put("access-key-id", ID);
    put("secret-access-key", SECRET + "\n");
    put("region", REGION);
    put("endpoint", emulator.uri());
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.pkl", "m 1+2%20#?ü.pkl"})
  void fetchesAnObjectWhateverItsName(String name) {
    FetchedModel model = fetch(mounted(), "s3://models/flights/" + name);

    assertThat(model.bytes()).isEqualTo(MODEL);
    assertThat(states.getLast().length()).hasValue(MODEL.length);
    assertThat(states.getLast().received()).isEqualTo(MODEL.length);
  }

  @ParameterizedTest
  @CsvSource({
    "access-key-id, somebody, FORBIDDEN",
    "secret-access-key, guessed, FORBIDDEN",
    "region, us-west-2, UNEXPECTED_ANSWER",
    "access-key-id, '', INVALID_SETTINGS",
    "endpoint, ftp://127.0.0.1, INVALID_SETTINGS",
    "endpoint, http://user@127.0.0.1, INVALID_SETTINGS",
  })
  void saysWhatIsWrongWithTheCredentials(String file, String value, Reason reason)
      throws IOException {
    put(file, value);

    ModelFetchException failure = failure(reason, mounted(), "s3://models/flights/m.pkl");

    assertThat(failure).hasMessageNotContaining(SECRET);
    assertThat(states).allMatch(state -> state.attempt() == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://models/flights/other.pkl", "s3://other-bucket/m.pkl"})
  void saysThatAnObjectIsNotThere(String uri) {
    assertThat(failure(Reason.NOT_FOUND, mounted(), uri)).hasMessageContaining("404");
    assertThat(states).allMatch(state -> state.attempt() == 1);
  }

  @Test
  void usesTheCredentialsOfTheEnvironmentWhereNoneAreMounted() throws IOException {
    Files.delete(credentials.resolve("access-key-id"));
    Files.delete(credentials.resolve("secret-access-key"));
    Files.delete(credentials.resolve("region"));

    String printed =
        FetchingProcess.run(
            Map.of(
                "MODEL_CREDENTIALS_DIR", credentials.toString(),
                "MODEL_ALLOWED_HOSTS", "127.0.0.1",
                "AWS_REGION", REGION,
                "AWS_ACCESS_KEY_ID", ID,
                "AWS_SECRET_ACCESS_KEY", SECRET),
            List.of("-Duser.home=" + directory),
            "s3://models/flights/m.pkl",
            SHA256,
            downloads);

    // A region that is told beats the one that an endpoint without any gets.
    assertThat(printed).endsWith("fetched " + MODEL.length + " " + SHA256);
  }

  @Test
  void saysThatThereAreNoCredentials() throws IOException {
    Files.delete(credentials.resolve("access-key-id"));
    Files.delete(credentials.resolve("secret-access-key"));

    String printed =
        FetchingProcess.run(
            Map.of(
                "MODEL_CREDENTIALS_DIR", credentials.toString(),
                "MODEL_ALLOWED_HOSTS", "127.0.0.1",
                "AWS_EC2_METADATA_DISABLED", "true"),
            List.of("-Duser.home=" + directory),
            "s3://models/flights/m.pkl",
            SHA256,
            downloads);

    assertThat(printed).contains("FORBIDDEN: ").contains("mount access-key-id");
  }

  @Test
  void connectsToNoInternalAddressThatIsNotListed() {
    failure(
        Reason.ADDRESS_REFUSED,
        settings(downloads, "MODEL_CREDENTIALS_DIR", credentials.toString()),
        "s3://models/flights/m.pkl");
  }

  @Test
  void refusesWhatIsTooLargeOrNotWhatWasAskedFor() {
    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(
            () ->
                fetch(
                    settings(
                        downloads,
                        "MODEL_CREDENTIALS_DIR",
                        credentials.toString(),
                        "MODEL_ALLOWED_HOSTS",
                        "127.0.0.1",
                        "MODEL_MAX_BYTES",
                        "" + (MODEL.length - 1)),
                    "s3://models/flights/m.pkl"))
        .withMessageContaining("MODEL_MAX_BYTES");
    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(
            () ->
                new ModelFetcher(mounted(), states::add, Stores::open)
                    .fetch(
                        ModelLocation.file("s3://models/flights/m.pkl"),
                        Optional.of("0".repeat(64))))
        .withMessageContaining(SHA256);
    assertThat(downloads).isEmptyDirectory();
  }

  @Test
  void waitsForAStoreThatIsNotThereYet() throws Exception {
    int port = Emulator.freePort();
    put("endpoint", "http://127.0.0.1:" + port);
    CompletableFuture<Emulator> late =
        CompletableFuture.supplyAsync(
            () -> {
              await().until(() -> states.stream().anyMatch(s -> s.lastFailure().isPresent()));
              try {
                return Emulator.s3(data, port, ID, SECRET, REGION);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      assertThat(fetch(mounted(), "s3://models/flights/m.pkl").bytes()).isEqualTo(MODEL);
      assertThat(states.getLast().lastFailure()).contains("nothing answers at its host and port");
    } finally {
      late.get().close();
    }
  }

  private void put(String file, String text) throws IOException {
    Files.writeString(credentials.resolve(file), text);
  }

  private FetchSettings mounted() {
    return settings(
        downloads,
        "MODEL_CREDENTIALS_DIR",
        credentials.toString(),
        "MODEL_ALLOWED_HOSTS",
        "127.0.0.1");
  }

  private FetchedModel fetch(FetchSettings settings, String uri) {
    return new ModelFetcher(settings, states::add, Stores::open)
        .fetch(ModelLocation.file(uri), Optional.of(SHA256));
  }

  private ModelFetchException failure(Reason reason, FetchSettings settings, String uri) {
    ModelFetchException failure =
        assertThatExceptionOfType(ModelFetchException.class)
            .isThrownBy(() -> fetch(settings, uri))
            .actual();
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(downloads).isEmptyDirectory();
    return failure;
  }
}
