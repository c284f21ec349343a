package dev.flightdelay.predictor.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flightdelay.predictor.settings.PredictorSettings;
import dev.flightdelay.predictor.source.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches in a Java of its own, for what depends on its environment or on what it has loaded. */
public final class FetchingProcess {

  private FetchingProcess() {}

  /** With URI, sha256 and directory as arguments, settings from the environment. */
  public static void main(String[] arguments) {
    try {
      FetchedModel model =
          new ModelFetcher(
                  PredictorSettings.of(
                          List.of(
                              "--model=" + arguments[0], "--model-download-dir=" + arguments[2]),
                          System.getenv())
                      .fetch(),
                  state -> {},
                  Stores::open)
              .fetch(ModelLocation.file(arguments[0]), Optional.of(arguments[1]));
      System.out.println("fetched " + model.size() + " " + model.sha256());
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
  }

  /** All that it prints; the last line says what came of it. */
  public static String run(
      Map<String, String> environment,
      List<String> options,
      String uri,
      String sha256,
      Path directory)
      throws IOException {
    return run(List.of(), environment, options, uri, sha256, directory);
  }

  /** The same without root's right to read every file, where this user has it. */
  static String runUnprivileged(String uri, String sha256, Path directory) throws IOException {
    List<String> without =
        "root".equals(System.getProperty("user.name"))
            ? List.of(
                "setpriv",
                "--bounding-set=-dac_override,-dac_read_search",
                "--inh-caps=-dac_override,-dac_read_search")
            : List.of();
    return run(without, Map.of(), List.of(), uri, sha256, directory);
  }

  private static String run(
      List<String> prefix,
      Map<String, String> environment,
      List<String> options,
      String uri,
      String sha256,
      Path directory)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FetchingProcess.class.getName(), uri, sha256, directory.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(FetchingProcess::says);
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  /** What this machine's environment may say about stores is not part of a test. */
  private static boolean says(String variable) {
    return variable.matches("(AWS|GCE|GOOGLE|CLOUDSDK|MODEL|STORAGE|NO_GCE)_.*");
  }
}
