package dev.flightdelay.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The processes that this one starts; none of them outlives it. They are stopped by {@link
 * #stopAll}, and should this process be killed, the kernel stops them (PR_SET_PDEATHSIG, by
 * setpriv). Each has a session of its own, so that Ctrl-C reaches this process only, which then
 * stops them in order.
 */
public final class ChildProcesses {

  /** What a process gets of this one's environment; all else comes from whoever starts it. */
  private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ");

  /**
   * The kernel's signal comes when the starting thread ends, not the process: so one thread that
   * stays starts them all.
   */
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "process-starter");
            thread.setDaemon(true);
            return thread;
          });

  private final List<String> prefix;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /** Processes that are asked to end, should this one be killed. */
  public ChildProcesses() {
    this("TERM");
  }

  /** Processes that get a signal, should this one be killed. */
  public ChildProcesses(String signalOfDeath) {
    prefix = prefix(signalOfDeath);
  }

  /**
   * Starts a process.
   *
   * @param log where its standard output and error go, after what is there already
   * @throws UncheckedIOException if it cannot be started
   */
  public Process start(List<String> command, Map<String, String> environment, Path log) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(environment);
    try {
      Process process = starter.submit(builder::start).get();
      running.add(process);
      process.onExit().thenRun(() -> running.remove(process));
      return process;
    } catch (ExecutionException e) {
      throw new UncheckedIOException(
          "cannot start " + command.getFirst(), new IOException(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Asks a process to end, and ends it after a while. */
  public static void stop(Process process, Duration grace) {
    process.destroy();
    try {
      process.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends all, together. */
  public void stopAll(Duration grace) {
    List<Process> left = List.copyOf(running);
    left.forEach(Process::destroy);
    long deadline = System.nanoTime() + grace.toNanos();
    for (Process process : left) {
      stop(process, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
  }

  private static List<String> prefix(String signalOfDeath) {
    List<String> prefix = new ArrayList<>();
    if (isInstalled("setsid")) {
      prefix.add("setsid");
    }
    if (isInstalled("setpriv")) {
      prefix.addAll(List.of("setpriv", "--pdeathsig", signalOfDeath, "--"));
    }
    return List.copyOf(prefix);
  }

  private static boolean isInstalled(String command) {
    String path = System.getenv("PATH");
    for (String folder : (path == null ? "" : path).split(File.pathSeparator)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, command))) {
        return true;
      }
    }
    return false;
  }
}
