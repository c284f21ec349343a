package dev.flightdelay.predictor.source;

import static dev.flightdelay.predictor.source.FetchSettingsFixture.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import dev.flightdelay.predictor.source.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class FileSourceTest {

  private static final byte[] MODEL = "a model".getBytes(UTF_8);
  private static final String OTHER = "0".repeat(64);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(directory.resolve("m.pkl"), MODEL);
  }

  @Test
  void readsAFileByPathAndByUri() {
    FetchedModel byPath = fetch(file.toString(), Optional.empty());
    FetchedModel byUri = fetch(file.toUri().toString(), Optional.of(byPath.sha256().toUpperCase()));

    assertThat(byPath.bytes()).isEqualTo(MODEL);
    assertThat(byPath.size()).isEqualTo(MODEL.length);
    assertThat(byPath.sha256()).isEqualTo(sha256(MODEL));
    assertThat(byPath.verified()).isFalse();
    assertThat(byUri.bytes()).isEqualTo(MODEL);
    assertThat(byUri.verified()).isTrue();
  }

  @Test
  void readsAnEmptyFile() throws IOException {
    Files.write(file, new byte[0]);

    assertThat(fetch(file.toString(), Optional.empty()).size()).isZero();
  }

  @Test
  void refusesAnotherFileThanAskedForNamingBothHashes() {
    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> fetch(file.toString(), Optional.of(OTHER)))
        .withMessageContaining(OTHER)
        .withMessageContaining(sha256(MODEL))
        .satisfies(
            refusal ->
                assertThat(refusal.reason())
                    .isEqualTo(ModelRefusedException.Reason.CHECKSUM_MISMATCH));
  }

  @Test
  void refusesAHashThatIsNone() {
    failure(Reason.INVALID_SETTINGS, file.toString(), Optional.of("abc"));
  }

  @Test
  void refusesAFileLargerThanTheLimitNamingTheSetting() {
    FetchSettings exactly = settings(directory, "MODEL_MAX_BYTES", "" + MODEL.length);
    FetchSettings less = settings(directory, "MODEL_MAX_BYTES", "" + (MODEL.length - 1));

    assertThat(fetch(exactly, file.toString(), Optional.empty()).size()).isEqualTo(MODEL.length);
    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> fetch(less, file.toString(), Optional.empty()))
        .withMessageContaining("MODEL_MAX_BYTES allows 6")
        .satisfies(
            refusal ->
                assertThat(refusal.reason())
                    .isEqualTo(ModelRefusedException.Reason.BUDGET_EXCEEDED));
  }

  @Test
  void saysThatAFileIsNotThere() {
    assertThat(failure(Reason.NOT_FOUND, directory.resolve("other").toString(), Optional.empty()))
        .hasMessageContaining("is not there");
  }

  @Test
  void refusesADirectory() {
    assertThat(failure(Reason.NOT_A_FILE, directory.toString(), Optional.empty()))
        .hasMessageContaining("is a directory");
  }

  @Test
  void refusesADeviceWithoutReadingIt() {
    assertThat(failure(Reason.NOT_A_FILE, "/dev/zero", Optional.empty()))
        .hasMessageContaining("name a regular file");
  }

  @Test
  void refusesALinkThatLeadsToItself() throws IOException {
    Path loop = directory.resolve("loop");
    Files.createSymbolicLink(loop, loop);

    failure(Reason.NOT_A_FILE, loop.toString(), Optional.empty());
  }

  @Test
  void saysThatAFileMayNotBeRead() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));

    assertThat(FetchingProcess.runUnprivileged(file.toString(), OTHER, directory))
        .startsWith("FORBIDDEN: ")
        .contains(file.toString());
  }

  @Test
  void followsTheLinksThatAMountedConfigMapConsistsOf() throws IOException {
    Path mount = Files.createDirectories(directory.resolve("mount"));
    Files.write(Files.createDirectory(mount.resolve("..2026_11_21")).resolve("m.pkl"), MODEL);
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_11_21"));
    Files.createSymbolicLink(mount.resolve("m.pkl"), Path.of("..data/m.pkl"));

    FetchedModel model = fetch(mounted(mount), mount.resolve("m.pkl").toString(), Optional.empty());

    assertThat(model.bytes()).isEqualTo(MODEL);
  }

  @Test
  void followsNoLinkOutOfTheMount() throws IOException {
    Path mount = Files.createDirectories(directory.resolve("mount"));
    Files.createSymbolicLink(mount.resolve("absolute.pkl"), file);
    Files.createSymbolicLink(mount.resolve("relative.pkl"), Path.of("../m.pkl"));
    Files.createSymbolicLink(mount.resolve("up"), Path.of(".."));

    for (String name : new String[] {"absolute.pkl", "relative.pkl", "up/m.pkl"}) {
      assertThatExceptionOfType(ModelFetchException.class)
          .isThrownBy(
              () -> fetch(mounted(mount), mount.resolve(name).toUri().toString(), Optional.empty()))
          .withMessageContaining("is a link out of")
          .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_A_FILE));
    }
  }

  private FetchSettings mounted(Path mount) {
    FetchSettings settings = settings(directory);
    return new FetchSettings(
        settings.maxBytes(),
        settings.deadline(),
        settings.credentialsDirectory(),
        settings.allowedHosts(),
        settings.directory(),
        mount,
        settings.storageEmulatorHost(),
        settings.googleCredentialsFile(),
        settings.metadataHost());
  }

  private ModelFetchException failure(Reason reason, String uri, Optional<String> sha256) {
    var thrown =
        assertThatExceptionOfType(ModelFetchException.class)
            .isThrownBy(() -> fetch(uri, sha256))
            .actual();
    assertThat(thrown.reason()).isEqualTo(reason);
    return thrown;
  }

  private FetchedModel fetch(String uri, Optional<String> sha256) {
    return fetch(settings(directory), uri, sha256);
  }

  private static FetchedModel fetch(FetchSettings settings, String uri, Optional<String> sha256) {
    return new ModelFetcher(settings, state -> {}, Stores::open)
        .fetch(ModelLocation.file(uri), sha256);
  }

  public static String sha256(byte[] bytes) {
    var digest = HashedBytes.digest();
    digest.update(bytes);
    return HashedBytes.hex(digest);
  }
}
