package dev.flightdelay.local.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A model file as it was read.
 *
 * @param base64 its content; empty where it is too large for a ConfigMap
 */
record ModelFile(Path path, String sha256, long size, Optional<String> base64) {

  /** What a ConfigMap takes, less than. */
  static final int CONFIG_MAP_BYTES = 1 << 20;

  private static final int MAX_NAME = 40;

  /**
   * Reads it.
   *
   * @param folder gets a copy of a file that is too large for a ConfigMap, below its SHA-256
   * @throws LocalException if it cannot be read
   */
  static ModelFile read(Path path, Path folder) {
    try {
      if (Files.size(path) < CONFIG_MAP_BYTES) {
        byte[] content = Files.readAllBytes(path);
        return new ModelFile(
            path,
            HexFormat.of().formatHex(newDigest().digest(content)),
            content.length,
            Optional.of(Base64.getEncoder().encodeToString(content)));
      }
      // What is written to the file meanwhile changes nothing of the copy.
      Files.createDirectories(folder);
      Path copy = Files.createTempFile(folder, "model", ".part");
      MessageDigest digest = newDigest();
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      ModelFile file =
          new ModelFile(
              path, HexFormat.of().formatHex(digest.digest()), Files.size(copy), Optional.empty());
      Path kept = folder.resolve(file.sha256).resolve(file.key());
      Files.createDirectories(kept.getParent());
      Files.move(copy, kept, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (NoSuchFileException e) {
      throw LocalException.gone(path);
    } catch (IOException e) {
      throw new LocalException("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** The file's name with the letters that a key of a ConfigMap may have. */
  String key() {
    return path.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "-").replace("..", "-");
  }

  /** What a model is called that has no other name: as the file, without its ending. */
  static String modelName(Path path) {
    String file = path.getFileName().toString();
    int dot = file.indexOf('.');
    String name =
        (dot > 0 ? file.substring(0, dot) : file)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+", "");
    name = name.substring(0, Math.min(name.length(), MAX_NAME)).replaceAll("-+$", "");
    return name.isEmpty() ? "model" : name;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
