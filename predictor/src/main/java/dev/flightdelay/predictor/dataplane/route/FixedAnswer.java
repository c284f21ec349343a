package dev.flightdelay.predictor.dataplane.route;

import dev.flightdelay.predictor.dataplane.scoring.RequestMetrics;

/**
 * An answer that needs no model.
 *
 * @param head the head up to the content's type
 * @param extra further header lines, each with CR LF
 * @param body the body, shared
 * @param series where it is counted
 * @param revalidated what is answered in its place where the client has it already; null where that
 *     is not asked
 */
public record FixedAnswer(
    int status,
    byte[] head,
    String extra,
    byte[] body,
    RequestMetrics.Series series,
    NotModified revalidated) {

  /** An answer that nobody keeps. */
  public FixedAnswer(
      int status, byte[] head, String extra, byte[] body, RequestMetrics.Series series) {
    this(status, head, extra, body, series, null);
  }

  /**
   * The answer to a client that has it already (RFC 9110, section 15.4.5).
   *
   * @param tag the entity tag without the W/ before it: compressed or not, it is the same
   * @param head the head, without a content's type
   */
  public record NotModified(String tag, byte[] head) {}
}
