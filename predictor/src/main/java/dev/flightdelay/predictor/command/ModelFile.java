package dev.flightdelay.predictor.command;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.reader.ModelReader;
import dev.flightdelay.predictor.reader.ModelReader.ReadModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A model file on this machine, as the commands that answer and end take it.
 *
 * @param sha256 64 lower-case hex digits
 * @param size bytes
 */
record ModelFile(Path path, String sha256, long size, ReadModel read) {

  private static final long MAX_BYTES = 512L << 20;

  /**
   * @throws CommandException if there is no such file
   * @throws ModelRefusedException if it is refused
   */
  static ModelFile read(String file, String entry) {
    Path path = Path.of(file);
    byte[] bytes = bytes(path);
    return new ModelFile(path, sha256(bytes), bytes.length, ModelReader.read(bytes, entry));
  }

  private static byte[] bytes(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new CommandException("%s is a folder: name the model file in it".formatted(path));
      }
      if (Files.size(path) > MAX_BYTES) {
        throw new CommandException("%s is larger than 512 MiB".formatted(path));
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new CommandException("there is no file %s".formatted(path));
    } catch (IOException e) {
      throw new CommandException("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
