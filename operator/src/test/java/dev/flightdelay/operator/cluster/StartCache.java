package dev.flightdelay.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An AOT cache of the operator's jar, as its image has one: a start takes half of the CPU time. It
 * is made beside the first tests and used from then on, with -Doperator.aot: a few classes would
 * not earn back what it costs.
 */
final class StartCache {
  private static final Logger log = LoggerFactory.getLogger(StartCache.class);

  private static final Path CACHE = Path.of("target", "operator.aot");
  private static final Path BEING_MADE = Path.of("target", "operator.aot.part");
  private static final Path LOCK = Path.of("target", "operator.aot.lock");

  /** Held until this JVM ends: of several test JVMs, one makes it. */
  private static FileLock lock;

  private StartCache() {}

  /** The options of a start that uses it, once it is there. */
  static List<String> options() {
    return isMade() ? List.of("-XX:AOTCache=" + CACHE) : List.of();
  }

  private static boolean isMade() {
    try {
      return Files.exists(CACHE)
          && Files.getLastModifiedTime(CACHE)
                  .compareTo(Files.getLastModifiedTime(OperatorProcess.JAR))
              > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins to make it, if it is wanted, and nobody does or has; returns at once. */
  static synchronized void make() {
    if (Boolean.getBoolean("operator.aot") && lock == null && !isMade() && locked()) {
      Thread.ofVirtual().name("start-cache").start(StartCache::train);
    }
  }

  private static boolean locked() {
    try {
      lock = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE).tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is loaded and linked until a model is Ready goes into it, when that operator ends. */
  private static void train() {
    try (OperatorEnvironment environment = OperatorEnvironment.prepare("training", Map.of())) {
      environment.operator().startWith(List.of("-XX:AOTCacheOutput=" + BEING_MADE));
      environment.operator().awaitReady();
      environment.apply(Model.named("flights").version("v1", 100));
      environment.awaitReady("flights");
      environment.operator().terminate();
      Files.move(BEING_MADE, CACHE, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException | AssertionError e) {
      // Without it the tests take longer, and hold the same.
      log.atWarn().setCause(e).log("the operator's starts go without a cache");
    }
  }
}
