package dev.flightdelay.local.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What ./local-up was asked for.
 *
 * @param files to apply; none for the sample
 * @param once end after the first prediction
 * @param port of the proxy
 * @param state where the kubeconfig, the logs and the pods' volumes are
 */
record Options(List<Path> files, boolean once, int port, Path state) {

  private static final int DEFAULT_PORT = 8080;

  Options {
    files = List.copyOf(files);
  }

  /**
   * The options in a command line.
   *
   * @param root the project's folder
   * @throws LocalException if one is not known or not usable, or a file is not there
   */
  static Options of(List<String> arguments, Path root) {
    List<Path> files = new ArrayList<>();
    boolean once = false;
    int port = DEFAULT_PORT;
    Path state = root.resolve("target").resolve("local");
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String name = equals < 0 ? argument : argument.substring(0, equals);
      switch (name) {
        case "--once" -> once = true;
        case "--port", "--state" -> {
          String value;
          if (equals >= 0) {
            value = argument.substring(equals + 1);
          } else if (++i < arguments.size()) {
            value = arguments.get(i);
          } else {
            throw new LocalException(name + " takes a value; ./local-up --help shows how");
          }
          if (name.equals("--port")) {
            port = port(value);
          } else {
            state = Path.of(value);
          }
        }
        default -> files.add(file(argument));
      }
    }
    return new Options(files, once, port, state.toAbsolutePath().normalize());
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
    if (argument.startsWith("-")) {
      throw new LocalException(
          "there is no option " + argument + "; ./local-up --help shows what there is");
    }
    Path file = Path.of(argument).toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw new LocalException("there is no file " + argument);
    }
    return file;
  }
}
