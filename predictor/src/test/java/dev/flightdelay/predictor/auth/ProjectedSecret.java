package dev.flightdelay.predictor.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A folder as the kubelet mounts a Secret: links through ..data, which is replaced at once. */
public final class ProjectedSecret {

  private final Path folder;
  private int generation;

  public ProjectedSecret(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  /** Replaces all files. */
  public ProjectedSecret write(Map<String, String> files) {
    try {
      Path data = Files.createDirectory(folder.resolve("..2026_11_21_" + generation++));
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(data.resolve(file.getKey()), file.getValue());
      }
      Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), data.getFileName());
      Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      for (String name : files.keySet()) {
        if (!Files.isSymbolicLink(folder.resolve(name))) {
          Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
      }
      try (var entries = Files.newDirectoryStream(folder, entry -> !Files.exists(entry))) {
        for (Path dangling : entries) {
          Files.delete(dangling);
        }
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
