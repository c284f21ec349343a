package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import java.util.Map;
import java.util.Optional;

/**
 * What people read rather than programs: the page with a field per feature, and the API's
 * description.
 */
public interface Pages {

  /** The page before anything was entered, in UTF-8. */
  byte[] form();

  /**
   * The page with an answer.
   *
   * @param entered the fields as they were sent, by name
   * @param rows the one row that was scored
   */
  byte[] answered(Map<String, String> entered, Rows rows, Scores scores);

  /**
   * The page with the reason why there is no answer.
   *
   * @param entered the fields as they were sent, by name
   */
  byte[] refused(Map<String, String> entered, String message);

  /** The OpenAPI document of this model, as JSON in UTF-8. */
  byte[] openApi();

  /** What is served at {@code /docs} and at any path below it. */
  Optional<Asset> asset(String path);

  /** A file of the documentation. */
  record Asset(String contentType, byte[] bytes) {}
}
