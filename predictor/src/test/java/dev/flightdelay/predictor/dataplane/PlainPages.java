package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.dialect.Pages;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Pages without decoration, which show what they were given. */
public final class PlainPages implements Pages {

  @Override
  public byte[] form() {
    return utf8("<form>");
  }

  @Override
  public byte[] answered(Map<String, String> entered, Rows rows, Scores scores) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < rows.width(); i++) {
      row.append(i == 0 ? "" : ",").append(rows.get(0, i));
    }
    return utf8(
        "Class: "
            + (scores.labels() == null
                ? Double.toString(scores.values()[0])
                : Integer.toString(scores.labels()[0]))
            + " for "
            + row);
  }

  @Override
  public byte[] refused(Map<String, String> entered, String message) {
    return utf8("refused: " + message + " for " + entered.size() + " fields");
  }

  @Override
  public byte[] openApi() {
    return utf8("{\"openapi\":\"3.1.0\"}");
  }

  @Override
  public Optional<Asset> asset(String path) {
    return path.equals("/docs") || path.equals("/docs/style.css")
        ? Optional.of(
            new Asset(path.endsWith("css") ? "text/css" : "text/html; charset=utf-8", utf8(path)))
        : Optional.empty();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
