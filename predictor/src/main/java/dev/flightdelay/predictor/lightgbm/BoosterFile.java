package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.MalformedJsonException;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file in LightGBM's own format, as {@code save_model} writes it: the text that a pickled Booster
 * has in its handle and, in the last line, the categories of a pandas frame. It answers as {@code
 * Booster.predict} of the Booster that loads it; where training stopped early, it has the trees up
 * to the best iteration alone.
 */
public final class BoosterFile {

  private static final GlobalName BOOSTER = new GlobalName("lightgbm.basic", "Booster");

  private static final String START = "tree\n";
  private static final String PARAMETERS = "\nparameters:";
  private static final String END = "\nend of parameters\n";
  private static final String CATEGORIES = "pandas_categorical:";
  private static final String NO_CATEGORIES = "null";

  private BoosterFile() {}

  /** Whether the file is LightGBM's text, as its first line tells. */
  public static boolean is(byte[] file) {
    return file.length > START.length()
        && new String(file, 0, START.length(), StandardCharsets.ISO_8859_1).equals(START);
  }

  /**
   * @throws ModelRefusedException if the file is no model, or one of a kind that is not read
   */
  public static Model read(byte[] file) {
    String text = text(file);
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("handle", text);
    categories(text, attributes);
    return LGBMRegressor.readBooster(Attributes.of(BOOSTER, attributes));
  }

  private static String text(byte[] file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new ModelRefusedException(
          Reason.MALFORMED,
          "the file begins as LightGBM's text, and is not in UTF-8: save it again");
    }
  }

  /** Behind the parameters there is that line, as Python writes it, or nothing. */
  private static void categories(String text, Map<String, Object> attributes) {
    int parameters = text.indexOf(PARAMETERS);
    int end = text.indexOf(END, Math.max(0, parameters));
    if (parameters >= 0 && end < 0) {
      throw cutShort();
    }
    int line = text.indexOf('\n' + CATEGORIES, Math.max(0, end));
    String rest = text.substring(line < 0 ? text.length() : line + 1).strip();
    if (line < 0) {
      if (end >= 0 && !text.substring(end + END.length()).isBlank()) {
        throw cutShort();
      }
      return;
    }
    String json = rest.substring(CATEGORIES.length());
    if (!json.equals(NO_CATEGORIES)) {
      attributes.put("pandas_categorical", lists(json.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static List<Object> lists(byte[] bytes) {
    try {
      JsonReader json = new JsonReader(bytes, 0, bytes.length);
      List<Object> lists = new ArrayList<>();
      json.beginArray();
      while (json.nextElement()) {
        List<Object> categories = new ArrayList<>();
        json.beginArray();
        while (json.nextElement()) {
          categories.add(category(json));
        }
        lists.add(categories);
      }
      json.end();
      return lists;
    } catch (MalformedJsonException malformed) {
      throw cutShort();
    }
  }

  private static Object category(JsonReader json) {
    return switch (json.peek()) {
      case STRING -> json.string();
      case TRUE, FALSE -> json.bool();
      case NUMBER, OBJECT, ARRAY, NULL, OTHER -> json.number();
    };
  }

  private static ModelRefusedException cutShort() {
    return new ModelRefusedException(
        Reason.MALFORMED,
        "LightGBM's text is cut short, or something else follows its trees: upload it again");
  }
}
