package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Scores;

/** What an endpoint answers; used again for the next request. */
final class Answer {

  private final JsonWriter body = new JsonWriter();
  private int status;
  private boolean html;
  private Scores scores;

  void begin(int newStatus, boolean isHtml) {
    body.clear();
    status = newStatus;
    html = isHtml;
    scores = null;
  }

  void scored(Scores answered) {
    scores = answered;
  }

  JsonWriter body() {
    return body;
  }

  int status() {
    return status;
  }

  boolean html() {
    return html;
  }

  /** What was predicted; null where nothing was. */
  Scores scores() {
    return scores;
  }
}
