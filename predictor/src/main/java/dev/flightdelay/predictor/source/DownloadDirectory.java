package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a download goes: a directory that somebody has named, or a new one under the temporary
 * directory, which everybody may write to. Its name cannot be foreseen, nobody else may look into
 * it, and it does not stay.
 */
record DownloadDirectory(Path path, boolean isNew) implements AutoCloseable {

  static DownloadDirectory of(Optional<Path> named) {
    if (named.isPresent()) {
      return new DownloadDirectory(named.get(), false);
    }
    try {
      // Only its owner has any permission on it (0700).
      return new DownloadDirectory(Files.createTempDirectory("predictor-model-"), true);
    } catch (IOException e) {
      throw new ModelFetchException(
          Reason.NOT_WRITABLE,
          "no directory for the model can be made under "
              + System.getProperty("java.io.tmpdir")
              + "; make it writable, or name another by MODEL_DOWNLOAD_DIR",
          e);
    }
  }

  /** Deletes a new one, with what is in it. */
  @Override
  public void close() {
    if (!isNew) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(path);
    } catch (IOException _) {
      // A download that was given up may still write: what it leaves is nobody else's to read.
      return;
    }
  }
}
