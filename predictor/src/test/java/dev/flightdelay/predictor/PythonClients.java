package dev.flightdelay.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Python with the packages of requirements-clients.txt, which ./run-tests installs. */
public final class PythonClients {

  private PythonClients() {}

  /** Skips the test, and says so, where it is not there. */
  public static void assume() {
    assumeThat(Files.isExecutable(python()))
        .as("the clients are installed at %s: ./run-tests does it", python())
        .isTrue();
  }

  /** Runs a script of src/test/python, and gives what it printed; it must end well. */
  public static String run(String script, String... arguments)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile(script, ".out");
    List<String> command = new ArrayList<>();
    command.add(python().toString());
    command.add("src/test/python/" + script);
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    int exitCode = process.waitFor();
    String output = Files.readString(said);
    Files.delete(said);
    assertThat(exitCode).as(output).isZero();
    return output;
  }

  private static Path python() {
    Path cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache"));
    return cache.resolve("flight-delay/clients/bin/python");
  }
}
