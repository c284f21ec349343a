package dev.flightdelay.local.command;

import dev.flightdelay.local.process.ChildProcesses;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AOT caches of the three jars, as the images have them: a start takes half of the time. They are
 * made beside the first start that has none, by another local mode that serves one model once, with
 * what is left of the processors.
 *
 * @param use what ./local-up says to do with them
 */
record StartCaches(Project project, Use use) {

  private static final Logger log = LoggerFactory.getLogger(StartCaches.class);

  private static final String PROPERTY = "local.caches";
  private static final List<String> MODULES = List.of("local", "operator", "predictor");

  enum Use {
    /** As tests start it: there are none. */
    NONE,
    USED,
    /** This process and those that it starts write them when they end. */
    MADE
  }

  static StartCaches here(Project project) {
    return new StartCaches(
        project,
        switch (System.getProperty(PROPERTY, "")) {
          case "use" -> Use.USED;
          case "make" -> Use.MADE;
          default -> Use.NONE;
        });
  }

  /** The options of a process that runs a module's jar. */
  List<String> options(String module) {
    return switch (use) {
      case NONE -> List.of();
      case USED -> isMade(module) ? List.of("-XX:AOTCache=" + cache(module)) : List.of();
      case MADE -> List.of("-XX:AOTCacheOutput=" + part(module));
    };
  }

  /** Which signal ends the processes that this one started, should it be killed. */
  String signalOfDeath() {
    // One that writes its cache would go on for seconds.
    return use == Use.MADE ? "KILL" : "TERM";
  }

  /**
   * Begins to make those that are missing, or older than their jars; returns at once.
   *
   * @param state where the other local mode has its files
   * @return its process, to be killed when this one is stopped
   */
  Optional<Process> makeMissing(ChildProcesses processes, Path state) {
    if (use != Use.USED || MODULES.stream().allMatch(this::isMade)) {
      return Optional.empty();
    }
    Process training = processes.start(command(state), Map.of(), log(state));
    training.onExit().thenAccept(this::made);
    return Optional.of(training);
  }

  private List<String> command(Path state) {
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19", Project.java().toString()));
    // A cache is good for the options that it was made with.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-XX:AOT") && !option.startsWith("-D" + PROPERTY))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:AOTCacheOutput=" + part("local"),
            "-D" + PROPERTY + "=make",
            "-jar",
            jar("local").toString(),
            "--once",
            "--port",
            String.valueOf(OperatorProcess.freePort()),
            "--state",
            state.resolve("caches").toString(),
            project.samplePickles().resolve("flight-delay.pkl").toString()));
    return command;
  }

  private static Path log(Path state) {
    return state.resolve("caches.log");
  }

  private void made(Process training) {
    try {
      for (String module : MODULES) {
        if (training.exitValue() == 0) {
          Files.move(part(module), cache(module), StandardCopyOption.ATOMIC_MOVE);
        } else {
          Files.deleteIfExists(part(module));
        }
      }
    } catch (IOException e) {
      // Without them a start takes longer, and does the same.
      log.atWarn().setCause(e).log("the next start goes without caches");
    }
  }

  private boolean isMade(String module) {
    try {
      return Files.exists(cache(module))
          && Files.getLastModifiedTime(cache(module))
                  .compareTo(Files.getLastModifiedTime(jar(module)))
              > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Path jar(String module) {
    return project.root().resolve(module + "/target/" + module + ".jar");
  }

  private Path cache(String module) {
    return project.root().resolve(module + "/target/" + module + ".aot");
  }

  private Path part(String module) {
    return project.root().resolve(module + "/target/" + module + ".aot.part");
  }
}
