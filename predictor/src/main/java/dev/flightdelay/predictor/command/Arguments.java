package dev.flightdelay.predictor.command;

import java.util.ArrayList;
import java.util.List;

/** What stands behind {@code inspect} or {@code score}: one file, and options. */
record Arguments(String file, String entry, boolean customResource) {

  /**
   * @throws CommandException if there is not exactly one file, or an option is unknown
   */
  static Arguments of(String command, List<String> arguments, boolean takesCustomResource) {
    List<String> files = new ArrayList<>();
    String entry = "";
    boolean customResource = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--entry") && i + 1 < arguments.size()) {
        entry = arguments.get(++i);
      } else if (argument.startsWith("--entry=")) {
        entry = argument.substring("--entry=".length());
      } else if (takesCustomResource && argument.equals("--cr")) {
        customResource = true;
      } else if (argument.startsWith("--")) {
        throw new CommandException(
            "%s has no option '%s'; --help lists them".formatted(command, argument));
      } else {
        files.add(argument);
      }
    }
    if (files.size() != 1) {
      throw new CommandException(
          "%s takes one file, and %d are named: java -jar predictor.jar %s FILE"
              .formatted(command, files.size(), command));
    }
    return new Arguments(files.getFirst(), entry, customResource);
  }
}
