package dev.flightdelay.local.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What ./local-up was asked for.
 *
 * @param manifests YAML files to apply
 * @param models model files to serve; where there are no files at all, the sample is served
 * @param model what was asked for of the model files
 * @param once end after the first prediction
 * @param emit print what would be applied, and end
 * @param port of the proxy
 * @param state where the kubeconfig, the logs and the pods' volumes are
 */
record Options(
    List<Path> manifests,
    List<Path> models,
    ModelOptions model,
    boolean once,
    boolean emit,
    int port,
    Path state) {

  static final int DEFAULT_PORT = 8080;

  Options {
    manifests = List.copyOf(manifests);
    models = List.copyOf(models);
    if (models.isEmpty() && !model.equals(ModelOptions.NONE)) {
      throw new LocalException("--name, --entry and --traffic are for model files: name one");
    }
    if (emit && models.isEmpty()) {
      throw new LocalException("--emit prints what serves a model file: name one");
    }
    if (!models.isEmpty()) {
      model.traffic(models.size());
    }
  }

  /**
   * The options in a command line.
   *
   * @param root the project's folder
   * @throws LocalException if one is not known or not usable, or a file is not there
   */
  static Options of(List<String> arguments, Path root) {
    List<Path> manifests = new ArrayList<>();
    List<Path> models = new ArrayList<>();
    boolean once = false;
    boolean emit = false;
    int port = DEFAULT_PORT;
    String name = "";
    String entry = "";
    List<Integer> shares = List.of();
    Path state = root.resolve("target").resolve("local");
    for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
      String word = words.next();
      if (!word.startsWith("-")) {
        Path file = file(word);
        (Manifest.is(file) ? manifests : models).add(file);
        continue;
      }
      int equals = word.indexOf('=');
      switch (equals < 0 ? word : word.substring(0, equals)) {
        case "--once" -> once = flag(word);
        case "--emit" -> emit = flag(word);
        case "--port" -> port = port(value(word, words));
        case "--name" -> name = value(word, words);
        case "--entry" -> entry = value(word, words);
        case "--traffic" -> shares = ModelOptions.shares(value(word, words));
        case "--state" -> state = Path.of(value(word, words));
        default ->
            throw new LocalException(
                "there is no option " + word + "; ./local-up --help shows what there is");
      }
    }
    return new Options(
        manifests,
        models,
        new ModelOptions(name, entry, shares),
        once,
        emit,
        port,
        state.toAbsolutePath().normalize());
  }

  private static boolean flag(String word) {
    if (word.indexOf('=') >= 0) {
      throw new LocalException(word.substring(0, word.indexOf('=')) + " takes no value");
    }
    return true;
  }

  /** {@code --x=y}, or {@code --x y}. */
  private static String value(String word, Iterator<String> words) {
    int equals = word.indexOf('=');
    String value = equals >= 0 ? word.substring(equals + 1) : words.hasNext() ? words.next() : "";
    if (value.isEmpty()) {
      throw new LocalException(
          (equals < 0 ? word : word.substring(0, equals))
              + " takes a value; ./local-up --help shows how");
    }
    return value;
  }

  private static int port(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new LocalException("--port takes a number from 1 to 65535, not " + value, e);
    }
    throw new LocalException("--port takes a number from 1 to 65535, not " + value);
  }

  private static Path file(String argument) {
    Path file = Path.of(argument).toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw new LocalException("there is no file " + argument);
    }
    return file;
  }
}
