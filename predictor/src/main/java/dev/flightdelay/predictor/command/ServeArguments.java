package dev.flightdelay.predictor.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What stands behind {@code serve}: options, all of which take a value, and the model's file. */
public final class ServeArguments {

  private ServeArguments() {}

  /**
   * The same as options alone.
   *
   * @throws CommandException if several models are named
   */
  public static List<String> options(List<String> words) {
    List<String> options = new ArrayList<>();
    boolean named = false;
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      if (!word.startsWith("-")) {
        if (named) {
          throw new CommandException(
              "serve takes one model, and '%s' is another; one process serves one"
                  .formatted(word.replaceAll("\\p{Cntrl}", "?")));
        }
        named = true;
        options.add("--model=" + word);
        continue;
      }
      options.add(word);
      if (word.indexOf('=') < 0 && rest.hasNext()) {
        options.add(rest.next());
      }
    }
    return options;
  }
}
