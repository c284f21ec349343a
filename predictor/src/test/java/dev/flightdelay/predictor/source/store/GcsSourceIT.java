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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against fake-gcs-server. */
class GcsSourceIT {

  private static final byte[] MODEL = new byte[9 << 20];

  static {
    new Random(2).nextBytes(MODEL);
  }

  private static final String SHA256 = FileSourceTest.sha256(MODEL);

  @TempDir static Path data;
  private static Emulator emulator;

  @TempDir Path directory;
  private final List<FetchState> states = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    Emulator.program("fake-gcs-server");
    Path bucket = Files.createDirectories(data.resolve("models/flights"));
    Files.write(bucket.resolve("m.pkl"), MODEL);
    Files.write(bucket.resolve("m 1+2%20#?ü.pkl"), MODEL);
    emulator = Emulator.gcs(data, Emulator.freePort());
  }

  @AfterAll
  static void stop() {
    if (emulator != null) {
      emulator.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.pkl", "m 1+2%20#?ü.pkl"})
  void fetchesAnObjectWhateverItsName(String name) {
    FetchedModel model = fetch(emulated(), "gs://models/flights/" + name);

    assertThat(model.bytes()).isEqualTo(MODEL);
    assertThat(states.getLast().length()).hasValue(MODEL.length);
    assertThat(states.getLast().received()).isEqualTo(MODEL.length);
    assertThat(states).hasSizeGreaterThan(9);
  }

  @Test
  void asksTheEndpointOfTheCredentialsAsAnybodyWhereThereAreNone() throws IOException {
    Path credentials = Files.createDirectory(directory.resolve("credentials"));
    Files.writeString(credentials.resolve("endpoint"), emulator.uri() + "/\n");

    String printed =
        FetchingProcess.run(
            Map.of(
                "MODEL_CREDENTIALS_DIR", credentials.toString(),
                "MODEL_ALLOWED_HOSTS", "127.0.0.1",
                "NO_GCE_CHECK", "true"),
            List.of("-Duser.home=" + directory),
            "gs://models/flights/m.pkl",
            SHA256,
            directory);

    assertThat(printed).endsWith("fetched " + MODEL.length + " " + SHA256);
    assertThat(printed).contains("no Google credentials were found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs://models/flights/other.pkl", "gs://other-bucket/m.pkl"})
  void saysThatAnObjectIsNotThere(String uri) {
    assertThat(failure(Reason.NOT_FOUND, emulated(), uri)).hasMessageContaining("404");
    assertThat(states).allMatch(state -> state.attempt() == 1);
  }

  @Test
  void connectsToNoInternalAddressThatIsNotListed() {
    FetchSettings unlisted = settings(directory, "STORAGE_EMULATOR_HOST", emulator.uri());

    failure(Reason.ADDRESS_REFUSED, unlisted, "gs://models/flights/m.pkl");
  }

  @Test
  void refusesWhatIsTooLargeOrNotWhatWasAskedFor() {
    FetchSettings small =
        settings(
            directory,
            "STORAGE_EMULATOR_HOST",
            emulator.uri(),
            "MODEL_ALLOWED_HOSTS",
            "127.0.0.1",
            "MODEL_MAX_BYTES",
            "" + (MODEL.length - 1));

    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> fetch(small, "gs://models/flights/m.pkl"))
        .withMessageContaining("MODEL_MAX_BYTES");
    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(
            () ->
                new ModelFetcher(emulated(), states::add, Stores::open)
                    .fetch(
                        ModelLocation.file("gs://models/flights/m.pkl"),
                        Optional.of("0".repeat(64))))
        .withMessageContaining(SHA256);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void waitsForAStoreThatIsNotThereYet() throws Exception {
    int port = Emulator.freePort();
    CompletableFuture<Emulator> late =
        CompletableFuture.supplyAsync(
            () -> {
              await().until(() -> states.stream().anyMatch(s -> s.lastFailure().isPresent()));
              try {
                return Emulator.gcs(data, port);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    FetchSettings settings =
        settings(
            directory,
            "STORAGE_EMULATOR_HOST",
            "127.0.0.1:" + port,
            "MODEL_ALLOWED_HOSTS",
            "127.0.0.1:" + port);
    try {
      assertThat(fetch(settings, "gs://models/flights/m.pkl").bytes()).isEqualTo(MODEL);
      assertThat(states.getLast().lastFailure()).contains("nothing answers at its host and port");
    } finally {
      late.get().close();
    }
  }

  private FetchSettings emulated() {
    return settings(
        directory, "STORAGE_EMULATOR_HOST", emulator.uri(), "MODEL_ALLOWED_HOSTS", "127.0.0.1");
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
    assertThat(directory).isEmptyDirectory();
    return failure;
  }
}
