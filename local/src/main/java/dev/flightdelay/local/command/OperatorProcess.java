package dev.flightdelay.local.command;

import dev.flightdelay.local.process.ChildProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operator, unmodified: the settings it is started with are these. */
final class OperatorProcess {

  static final String NAMESPACE = "default";

  private static final String IMAGE = "local/predictor";
  private static final int SHOWN_LOG_LINES = 15;

  private final Process process;
  private final Path log;

  private OperatorProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param options of Java, beside its own
   */
  static OperatorProcess start(
      ChildProcesses processes, Project project, List<String> options, Path kubeconfig, Path log) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Project.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
    command.addAll(options);
    command.addAll(List.of("-jar", project.operatorJar().toString()));
    return new OperatorProcess(processes.start(command, environment(kubeconfig), log), log);
  }

  private static Map<String, String> environment(Path kubeconfig) {
    return Map.of(
        "KUBECONFIG",
        kubeconfig.toString(),
        "OPERATOR_NAMESPACE",
        NAMESPACE,
        "OPERATOR_NAMESPACES",
        NAMESPACE,
        "OPERATOR_LEADER_ELECTION",
        "false",
        "OPERATOR_PREDICTOR_IMAGE",
        IMAGE,
        // Pickles may lie on a server of this machine too.
        "OPERATOR_MODEL_ALLOWED_HOSTS",
        "127.0.0.0/8,localhost",
        "SERVER_ADDRESS",
        "127.0.0.1",
        "SERVER_PORT",
        String.valueOf(freePort()));
  }

  /** Nobody asks it there, but two local modes must not share one. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new LocalException("no port of this machine is free", e);
    }
  }

  /**
   * Does nothing while it runs.
   *
   * @throws LocalException with the end of its log, if it has ended
   */
  void check() {
    if (!process.isAlive()) {
      throw new LocalException(
          "the operator ended with exit code %d; the end of %s:%n%s"
              .formatted(process.exitValue(), log, endOfLog()));
    }
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "(it cannot be read: " + e.getMessage() + ")";
    }
  }
}
