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

/** From the bytes of a file to a model that has answered once. */
public final class ModelReader {

  /**
   * @param protocol the pickle protocol, 0 to 5
   * @param globals every global that the file names
   */
  public record ReadModel(Model model, int protocol, List<GlobalName> globals) {}

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
    Pickle pickle = new PickleReader(Estimators.allowedGlobals()).read(file);
    PickleObject estimator = EntryPath.find(pickle.root(), entry);
    Model model = new NestedEstimators().modelOrTransformer(estimator);
    requireAnAnswer(model);
    return new ReadModel(model, pickle.protocol(), pickle.globals());
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
