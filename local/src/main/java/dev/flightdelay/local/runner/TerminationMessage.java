package dev.flightdelay.local.runner;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a container's log, as a kubelet takes it for FallbackToLogsOnError. */
final class TerminationMessage {

  private static final int MAX_BYTES = 2048;
  private static final int MAX_LINES = 80;

  private TerminationMessage() {}

  /**
   * The last lines of a log.
   *
   * @param from where in the file the run that ended began
   */
  static String of(Path log, long from) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(from, file.length() - MAX_BYTES);
      byte[] end = new byte[(int) Math.max(0, file.length() - start)];
      file.seek(start);
      file.readFully(end);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
    } catch (IOException e) {
      return "the log " + log + " cannot be read: " + e.getMessage();
    }
  }
}
