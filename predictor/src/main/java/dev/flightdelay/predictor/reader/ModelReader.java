package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.pickle.Pickle;
import dev.flightdelay.predictor.pickle.PickleObject;
import dev.flightdelay.predictor.pickle.PickleOutline;
import dev.flightdelay.predictor.pickle.PickleReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** From the bytes of a file to a model that has answered once. */
public final class ModelReader {

  /**
   * @param protocol the pickle protocol, 0 to 5
   * @param globals every global that the file names
   * @param budget what its rows cost, and may cost
   * @param rowTime the time of a processor that a row took, the first or the second, of which the
   *     second finds everything loaded
   * @param notes what a person should know of the file: sentences, such as of a scaler beside the
   *     model
   */
  public record ReadModel(
      Model model,
      int protocol,
      List<GlobalName> globals,
      RowBudget budget,
      Duration rowTime,
      List<String> notes) {}

  /** What is worth a second look, as the first row has the code to be loaded for it. */
  public static final Duration LONG_ROW = Duration.ofMillis(100);

  private ModelReader() {}

  /**
   * @param entry where the estimator is inside a dictionary, tuple or list; empty if it is the only
   *     one
   * @throws ModelRefusedException if the file is not served; nothing else, whatever the bytes are
   */
  public static ReadModel read(byte[] file, String entry) {
    return read(file, entry, RowBudget.DEFAULT_MOST);
  }

  /**
   * The same with another bound on what a row may cost.
   *
   * @param mostRowCost elementary operations: see {@link RowBudget}
   */
  public static ReadModel read(byte[] file, String entry, long mostRowCost) {
    try {
      return readWhole(file, entry, mostRowCost);
    } catch (OutOfMemoryError tooSmall) {
      // All that was made for the file is garbage by now. The budgets refuse most before this.
      throw new ModelRefusedException(
          Reason.BUDGET_EXCEEDED,
          "reading the file needs more memory than this process has (%d MiB of heap); give it more"
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  private static ReadModel readWhole(byte[] file, String entry, long mostRowCost) {
    Pickle pickle = new PickleReader(Estimators.allowedGlobals()).read(file);
    return ReadingBudget.within(
        file.length, pickle.bytes(), () -> read(pickle, entry, new NestedEstimators(mostRowCost)));
  }

  private static ReadModel read(Pickle pickle, String entry, NestedEstimators estimators) {
    PickleObject estimator = EntryPath.find(pickle.root(), entry);
    Model model = estimators.modelOrTransformer(estimator, OptionalInt.empty());
    estimators.budget().check();
    Duration rowTime = requireAnAnswer(model);
    if (rowTime.compareTo(LONG_ROW) > 0) {
      rowTime = requireAnAnswer(model);
    }
    return new ReadModel(
        model,
        pickle.protocol(),
        pickle.globals(),
        estimators.budget(),
        rowTime,
        EntryPath.besides(pickle.root(), estimator));
  }

  /** What a file names, whether it is served or not; empty if it is no pickle at all. */
  public static Optional<PickleOutline> outline(byte[] file) {
    return new PickleReader(Estimators.allowedGlobals()).outline(file);
  }

  /** Gives the time of the processor that the answer took. */
  private static Duration requireAnAnswer(Model model) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    Scores scores;
    try {
      scores = model.score(model.signature().features().sample(), true, true);
    } catch (UnusableRowsException unusable) {
      // A row of zeros need not be one that the model takes: it may begin with a logarithm.
      return Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
    }
    if (scores.firstNotFinite(model.signature()) >= 0) {
      throw new ModelRefusedException(
          Reason.MODEL_INVALID,
          "%s answers its first row with a number that is not finite: fit it again"
              .formatted(model.signature().estimator()));
    }
    return Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
  }
}
