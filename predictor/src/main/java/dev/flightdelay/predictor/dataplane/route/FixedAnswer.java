package dev.flightdelay.predictor.dataplane.route;

import dev.flightdelay.predictor.dataplane.scoring.RequestMetrics;

/**
 * An answer that needs no model.
 *
 * @param head the head up to the content's type
 * @param extra further header lines, each with CR LF
 * @param body the body, shared
 * @param series where it is counted
 */
public record FixedAnswer(
    int status, byte[] head, String extra, byte[] body, RequestMetrics.Series series) {}
