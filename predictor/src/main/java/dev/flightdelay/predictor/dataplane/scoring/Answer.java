package dev.flightdelay.predictor.dataplane.scoring;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Scores;

/** What an endpoint answers; used again for the next request. */
public final class Answer {

  private final JsonWriter body = new JsonWriter();
  private int status;
  private boolean html;
  private Scores scores;
  private long retryAfter;

  void begin(int newStatus, boolean isHtml) {
    body.clear();
    status = newStatus;
    html = isHtml;
    scores = null;
    retryAfter = 0;
  }

  void scored(Scores answered) {
    scores = answered;
  }

  void retryAfter(long seconds) {
    retryAfter = seconds;
  }

  public JsonWriter body() {
    return body;
  }

  /** How many of the body's bytes are JSON, where binary data follows it; else -1. */
  public int jsonLength() {
    return body.jsonLength();
  }

  public int status() {
    return status;
  }

  public boolean html() {
    return html;
  }

  /** What was predicted; null where nothing was. */
  public Scores scores() {
    return scores;
  }

  /** After how many seconds the same may be asked again; 0 where nothing is said of that. */
  public long retryAfter() {
    return retryAfter;
  }
}
