package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.pickle.Pickle;
import dev.flightdelay.predictor.pickle.PickleObject;
import dev.flightdelay.predictor.pickle.PickleOutline;
import dev.flightdelay.predictor.pickle.PickleReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** From the bytes of a file to a model that has answered once. */
public final class ModelReader {

  /**
   * @param format what the file is: a pickle, or a library's own format
   * @param protocol the pickle protocol, 0 to 5; empty for a library's own format
   * @param globals every global that the file names
   */
  public record ReadModel(
      Model model, String format, OptionalInt protocol, List<GlobalName> globals) {}

  private static final String PICKLE = "pickle";

  private ModelReader() {}

  /**
   * @param entry where the estimator is inside a dictionary, tuple or list; empty if it is the only
   *     one
   * @throws ModelRefusedException if the file is not served; nothing else, whatever the bytes are
   */
  public static ReadModel read(byte[] file, String entry) {
    try {
      return readWhole(file, entry);
    } catch (OutOfMemoryError tooSmall) {
      // All that was made for the file is garbage by now. The budgets refuse most before this.
      throw new ModelRefusedException(
          Reason.BUDGET_EXCEEDED,
          "reading the file needs more memory than this process has (%d MiB of heap); give it more"
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  private static ReadModel readWhole(byte[] file, String entry) {
    PickleReader reader = new PickleReader(Estimators.allowedGlobals());
    byte[] unpacked = reader.unpack(file);
    Optional<NativeFormat> format = NativeFormat.of(unpacked);
    if (format.isPresent()) {
      Model model = readNative(format.get(), unpacked, entry);
      requireAnAnswer(model);
      return new ReadModel(model, format.get().name(), OptionalInt.empty(), List.of());
    }
    Pickle pickle = reader.read(file, unpacked);
    PickleObject estimator = EntryPath.find(pickle.root(), entry);
    Model model = new NestedEstimators().modelOrTransformer(estimator);
    requireAnAnswer(model);
    return new ReadModel(model, PICKLE, OptionalInt.of(pickle.protocol()), pickle.globals());
  }

  private static Model readNative(NativeFormat format, byte[] file, String entry) {
    if (!entry.isEmpty()) {
      throw new ModelRefusedException(
          Reason.UNSUPPORTED,
          "the file is %s, which is one model: leave the entry '%s' away"
              .formatted(format.name(), entry));
    }
    return new NestedEstimators().checked(() -> format.read().apply(file), format.name());
  }

  /** What a file names, whether it is served or not; empty if it is no pickle at all. */
  public static Optional<PickleOutline> outline(byte[] file) {
    return new PickleReader(Estimators.allowedGlobals()).outline(file);
  }

  private static void requireAnAnswer(Model model) {
    Scores scores;
    try {
      scores = model.score(model.signature().features().sample(), true, true);
    } catch (UnusableRowsException unusable) {
      // A row of zeros need not be one that the model takes: it may begin with a logarithm.
      return;
    }
    if (scores.firstNotFinite(model.signature()) >= 0) {
      throw new ModelRefusedException(
          Reason.MODEL_INVALID,
          "%s answers its first row with a number that is not finite: fit it again"
              .formatted(model.signature().estimator()));
    }
  }
}
