/**
 * Which path is answered by which dialect or document, and how a request is refused that gets none
 * of what it asks for. Answers that never change are kept with their encoded HTTP/1.1 heads.
 */
package dev.flightdelay.predictor.dataplane.route;
