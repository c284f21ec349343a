package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** A model in a file of this machine. */
final class ModelFile {

  private final Path path;
  private final String shown;
  private final long maxBytes;
  private final Path mount;

  /**
   * @param shown how a sentence names it
   * @param mount if the file is named under it, it must really be in it
   */
  ModelFile(Path path, String shown, long maxBytes, Path mount) {
    this.path = path;
    this.shown = shown;
    this.maxBytes = maxBytes;
    this.mount = mount;
  }

  FetchedModel read(Optional<ExpectedSha256> expected) {
    HashedBytes content = content();
    expected.ifPresent(sha256 -> sha256.check(shown, content.sha256()));
    return new FetchedModel(content.bytes(), content.sha256(), expected.isPresent(), shown);
  }

  private HashedBytes content() {
    try {
      Path real = insideItsMount();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw failure(
            Reason.NOT_A_FILE,
            attributes.isDirectory()
                ? "is a directory; name the model's file in it"
                : "is a device, pipe or socket; name a regular file");
      }
      new ModelSize(maxBytes).check(shown, attributes.size());
      return HashedBytes.read(real, Math.toIntExact(attributes.size()));
    } catch (NoSuchFileException e) {
      throw failure(
          Reason.NOT_FOUND,
          "is not there; check its path, which for a volume or ConfigMap ends in what is mounted");
    } catch (AccessDeniedException e) {
      throw failure(Reason.FORBIDDEN, "may not be read by this user; change its permissions");
    } catch (IOException e) {
      throw new ModelFetchException(
          Reason.NOT_A_FILE,
          "the model's file " + shown + " cannot be read; look at the volume it is on",
          e);
    }
  }

  /**
   * The file that is read. A mounted ConfigMap consists of links, so links are followed; but what
   * is named in the mount must be in it, or a volume's writer could have any file of the pod read.
   */
  private Path insideItsMount() throws IOException {
    Path real = path.toRealPath();
    if (path.toAbsolutePath().normalize().startsWith(mount)
        && !real.startsWith(mount.toRealPath())) {
      throw failure(
          Reason.NOT_A_FILE, "is a link out of " + mount + "; put the file itself into the volume");
    }
    return real;
  }

  private ModelFetchException failure(Reason reason, String why) {
    return new ModelFetchException(reason, "the model's file " + shown + " " + why);
  }
}
