package dev.flightdelay.predictor;

import dev.flightdelay.predictor.command.CommandException;
import dev.flightdelay.predictor.command.Help;
import dev.flightdelay.predictor.command.Inspect;
import dev.flightdelay.predictor.command.Score;
import dev.flightdelay.predictor.command.ServeArguments;
import dev.flightdelay.predictor.command.StandardOutput;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.serve.Serve;
import dev.flightdelay.predictor.serve.ServeException;
import dev.flightdelay.predictor.settings.PredictorSettings;
import dev.flightdelay.predictor.settings.value.SettingException;
import dev.flightdelay.predictor.source.ModelFetchException;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The predictor's commands: serve a model, {@code inspect} a file, {@code score} rows with it.
 *
 * <p>Exit codes: 2 for a model that cannot be served, 1 for anything else that went wrong. Either
 * way the last line on standard error is one sentence that says what, where and what to do.
 */
public final class Predictor {

  private static final Set<String> HELP = Set.of("--help", "-h");

  private static final int FAILED = 1;
  private static final int MODEL_REFUSED = 2;

  private Predictor() {}

  public static void main(String[] arguments) {
    List<String> words = Arrays.asList(arguments);
    try {
      run(words);
    } catch (ModelRefusedException | ModelFetchException refusal) {
      exit(MODEL_REFUSED, refusal.getMessage());
    } catch (CommandException | SettingException | ServeException | UnusableRowsException failure) {
      exit(FAILED, failure.getMessage());
    }
  }

  private static void run(List<String> words) {
    String command = words.isEmpty() ? "" : words.getFirst();
    if (words.stream().anyMatch(HELP::contains)) {
      System.out.println(Help.text(command));
      return;
    }
    switch (command) {
      case "inspect" -> answer(out -> Inspect.run(rest(words), maxBytes(), maxRowCost(), out));
      case "score" ->
          answer(
              out -> Score.run(rest(words), maxBytes(), maxRowCost(), System.in, out, System.err));
      case "help" -> System.out.println(Help.text(words.size() > 1 ? words.get(1) : ""));
      case "serve" ->
          Serve.run(PredictorSettings.of(ServeArguments.options(rest(words)), System.getenv()));
      default -> Serve.run(PredictorSettings.of(words, System.getenv()));
    }
  }

  private static List<String> rest(List<String> words) {
    return words.subList(1, words.size());
  }

  private static long maxBytes() {
    return PredictorSettings.maxBytes(System.getenv());
  }

  private static long maxRowCost() {
    return PredictorSettings.maxRowCost(System.getenv());
  }

  private interface Answer {
    void write(OutputStream out);
  }

  private static void answer(Answer answer) {
    try {
      answer.write(new BufferedOutputStream(new StandardOutput()));
    } catch (StandardOutput.ClosedException e) {
      // Without what a shutdown would write on.
      Runtime.getRuntime().halt(0);
    }
  }

  /** Ends at once: whatever else a shutdown would print must not come after the sentence. */
  private static void exit(int code, String sentence) {
    System.out.flush();
    System.err.println(sentence.replaceAll("[\\r\\n]+", " "));
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }
}
