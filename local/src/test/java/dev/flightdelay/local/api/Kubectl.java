package dev.flightdelay.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real kubectl, as a person calls it. */
public final class Kubectl {

  /** What it printed, to both of its outputs, and how it ended. */
  public record Result(int exitCode, String output) {

    public Result ok() {
      assertThat(exitCode).as(output).isZero();
      return this;
    }
  }

  private final String url;
  private final Path folder;

  public Kubectl(String url, Path folder) {
    assumeTrue(isInstalled(), "kubectl is not installed");
    this.url = url;
    this.folder = folder;
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, "kubectl")));
  }

  public Result run(String... arguments) {
    return withInput("", arguments);
  }

  public Result withInput(String input, String... arguments) {
    try {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "kubectl", "--server", url, "--cache-dir", folder.resolve("cache").toString()));
      command.addAll(List.of(arguments));
      Path output = Files.createTempFile(folder, "kubectl", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .directory(folder.toFile());
      builder.environment().put("KUBECONFIG", folder.resolve("none").toString());
      Process process = builder.start();
      process.getOutputStream().write(input.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("kubectl took too long: " + Files.readString(output));
      }
      return new Result(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
