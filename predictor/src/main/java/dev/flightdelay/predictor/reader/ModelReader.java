package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.container.Container;
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
   * @param format what the file is: a pickle, or a library's own format
   * @param protocol the pickle protocol, 0 to 5; empty for a library's own format
   * @param globals every global that the file names
   * @param budget what its rows cost, and may cost
   * @param rowTime the time of a processor that a row took, the first or the second, of which the
   *     second finds everything loaded
   * @param notes what a person should know of the file: sentences, such as of a scaler beside the
   *     model
   */
  public record ReadModel(
      Model model,
      String format,
      OptionalInt protocol,
      List<GlobalName> globals,
      RowBudget budget,
      Duration rowTime,
      List<String> notes) {}

  /** What is worth a second look, as the first row has the code to be loaded for it. */
  public static final Duration LONG_ROW = Duration.ofMillis(100);

  private static final String PICKLE = "pickle";

  private ModelReader() {}

  /**
   * @param entry where the estimator is inside a dictionary, tuple or list; empty if it is the only
   *     one
   * @throws ModelRefusedException if the file is not served; nothing else, whatever the bytes are
   */
  public static ReadModel read(byte[] file, String entry) {
    return read(file, entry, RowBudget.DEFAULT_MAX_COST);
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
    NestedEstimators estimators = new NestedEstimators(mostRowCost);
    byte[] unpacked = Container.unpack(file, PickleReader.MAX_BYTES);
    Optional<NativeFormat> format = NativeFormat.of(unpacked);
    if (format.isPresent()) {
      return ReadingBudget.within(
          file.length,
          unpacked.length,
          () -> readNative(format.get(), unpacked, entry, estimators));
    }
    Container.refuseOtherFormats(unpacked);
    long packed = unpacked == file ? 0 : file.length;
    Pickle pickle = new PickleReader(Estimators.allowedGlobals()).read(unpacked, packed);
    return ReadingBudget.within(file.length, pickle.bytes(), () -> read(pickle, entry, estimators));
  }

  private static ReadModel read(Pickle pickle, String entry, NestedEstimators estimators) {
    PickleObject estimator = EntryPath.find(pickle.root(), entry);
    Model model = estimators.modelOrTransformer(estimator, OptionalInt.empty());
    return answered(
        model,
        PICKLE,
        OptionalInt.of(pickle.protocol()),
        pickle.globals(),
        estimators,
        EntryPath.besides(pickle.root(), estimator));
  }

  private static ReadModel readNative(
      NativeFormat format, byte[] file, String entry, NestedEstimators estimators) {
    if (!entry.isEmpty()) {
      throw new ModelRefusedException(
          Reason.UNSUPPORTED,
          "the file is %s, which is one model: leave the entry '%s' away"
              .formatted(format.name(), entry));
    }
    Model model = estimators.checked(() -> format.read().apply(file), format.name());
    return answered(model, format.name(), OptionalInt.empty(), List.of(), estimators, List.of());
  }

  private static ReadModel answered(
      Model model,
      String format,
      OptionalInt protocol,
      List<GlobalName> globals,
      NestedEstimators estimators,
      List<String> notes) {
    estimators.budget().check();
    Duration rowTime = requireAnAnswer(model);
    if (rowTime.compareTo(LONG_ROW) > 0) {
      rowTime = requireAnAnswer(model);
    }
    return new ReadModel(model, format, protocol, globals, estimators.budget(), rowTime, notes);
  }

  /** What a file names, whether it is served or not; empty if it is no pickle at all. */
  public static Optional<PickleOutline> outline(byte[] file) {
    byte[] pickle;
    try {
      pickle = Container.unpack(file, PickleReader.MAX_BYTES);
      Container.refuseOtherFormats(pickle);
    } catch (ModelRefusedException noPickle) {
      return Optional.empty();
    }
    return new PickleReader(Estimators.allowedGlobals()).outline(pickle);
  }

  /** Gives the time of the processor that the answer took. */
  private static Duration requireAnAnswer(Model model) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    Scores scores;
    try {
      scores = model.score(model.signature().features().sample());
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
