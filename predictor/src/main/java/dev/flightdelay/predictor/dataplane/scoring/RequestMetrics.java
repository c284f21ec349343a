package dev.flightdelay.predictor.dataplane.scoring;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import java.util.function.IntSupplier;

/** What the data plane counts. */
public interface RequestMetrics {

  /** The model is there: from now on its version and classes are known. */
  void serving(ServedModel model);

  /** Where to ask how many predictions are being scored or wait for it. */
  void inFlight(IntSupplier requests);

  /** A known caller was answered. Called on event loops: must not block. */
  void called(Caller caller, int status);

  /**
   * The counts of one dialect; asked for once and kept.
   *
   * @param dialect a dialect's name, or {@code health}, {@code metadata}, {@code page}, {@code
   *     none}
   */
  Series series(String dialect);

  /** The counts of one dialect. Called on event loops: must not block or allocate. */
  interface Series {

    /**
     * A request was answered.
     *
     * @param status the HTTP status
     * @param nanos from the request's first byte to its answer
     * @param scores what was predicted; null where nothing was
     */
    void answered(int status, long nanos, Scores scores);
  }
}
