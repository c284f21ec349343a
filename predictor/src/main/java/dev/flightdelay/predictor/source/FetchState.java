package dev.flightdelay.predictor.source;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a fetch is.
 *
 * @param source how sentences name the model's source
 * @param attempt from 1
 * @param received bytes of this attempt so far
 * @param length bytes that the store announced
 * @param lastFailure why the attempt before failed: part of a sentence, without a full stop
 */
public record FetchState(
    String source, int attempt, long received, OptionalLong length, Optional<String> lastFailure) {

  /** One sentence for a person who waits. */
  public String sentence() {
    return "fetching "
        + source
        + ", attempt "
        + attempt
        + ", "
        + received
        + (length.isPresent() ? " of " + length.getAsLong() : "")
        + " bytes"
        + lastFailure.map(why -> "; the last attempt failed: " + why).orElse("");
  }
}
