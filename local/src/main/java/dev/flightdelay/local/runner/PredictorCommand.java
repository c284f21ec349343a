package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.Container;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a container of the predictor's image runs, as a process: the image's entry point is this
 * jar.
 */
public record PredictorCommand(Path java, Path jar) {

  /** As docs/predictor.md starts it in a small container. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx128m",
          "-Xmn24m",
          "-XX:TrimNativeHeapInterval=5000",
          "-XX:CompileThresholdScaling=3",
          "-XX:+ExitOnOutOfMemoryError");

  List<String> of(Container container, Map<String, Path> mounts) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(OPTIONS);
    Path temporary = mounts.get("/tmp");
    if (temporary != null) {
      command.add("-Djava.io.tmpdir=" + temporary);
    }
    command.add("-jar");
    command.add(jar.toString());
    if (container.getArgs() != null) {
      command.addAll(container.getArgs());
    }
    return command;
  }
}
