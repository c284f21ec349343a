package dev.flightdelay.local.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The folder of one local mode at a time: what an earlier one left is gone, logs go into it. */
final class StateFolder {

  private static FileChannel lock;

  private StateFolder() {}

  /**
   * Prepares it.
   *
   * @throws LocalException if another local mode has it, or it cannot be written
   */
  static void prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      // Held until the process ends, however it does.
      lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        throw new LocalException(
            "another local-up runs with the folder %s: stop it, or give this one its own with --state and --port"
                .formatted(folder));
      }
      for (String old :
          List.of(
              "pods",
              "claims/" + ModelResources.CLAIM,
              "operator.log",
              "local.log",
              "kubeconfig")) {
        delete(folder.resolve(old));
      }
      logInto(folder.resolve("local.log"));
    } catch (IOException e) {
      throw new LocalException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }

  /** A folder for each PersistentVolumeClaim that models may name. */
  static Path claims(Path folder) {
    return folder.resolve("claims");
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (var walk = Files.walk(path)) {
      for (Path inner : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(inner);
      }
    }
  }

  private static void logInto(Path file) throws IOException {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    FileHandler handler = new FileHandler(file.toString(), true);
    handler.setFormatter(new SimpleFormatter());
    root.addHandler(handler);
  }
}
