package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a container of the predictor's image runs, as a process: the image's entry point is this
 * jar.
 *
 * @param options of Java, beside its own
 */
public record PredictorCommand(Path java, Path jar, List<String> options) {

  /** As docs/predictor.md starts it in a small container. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmn24m",
          "-XX:TrimNativeHeapInterval=5000",
          "-XX:CompileThresholdScaling=3",
          "-XX:+ExitOnOutOfMemoryError");

  /** As in the image: of the memory that the container may have, this part is for the heap. */
  private static final double HEAP = 0.6;

  /** What a container without a limit gets, in MiB. */
  private static final long LEAST_HEAP = 128;

  public PredictorCommand {
    options = List.copyOf(options);
  }

  List<String> of(Container container, Map<String, Path> mounts) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.add("-Xmx%dm".formatted(heapMebibytes(container)));
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

  private static long heapMebibytes(Container container) {
    Quantity limit =
        container.getResources() == null || container.getResources().getLimits() == null
            ? null
            : container.getResources().getLimits().get("memory");
    if (limit == null) {
      return LEAST_HEAP;
    }
    long mebibytes = limit.getNumericalAmount().longValue() >> 20;
    return Math.max(LEAST_HEAP, (long) (HEAP * mebibytes));
  }
}
