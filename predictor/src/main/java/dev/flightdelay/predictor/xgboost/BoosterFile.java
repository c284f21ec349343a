package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * A file in one of XGBoost's own formats, as {@code save_model} writes it: what a pickled Booster
 * has in its handle. It answers as {@code Booster.predict} of the Booster that loads it, also where
 * an estimator of the scikit-learn interface saved it: the file does not have its classes.
 */
public final class BoosterFile {

  private static final GlobalName BOOSTER = new GlobalName("xgboost.core", "Booster");

  private static final byte[] BINARY = ascii("binf");
  private static final byte[] BASE_64 = ascii("bs64");
  private static final byte[] LEARNER = ascii("\"learner\"");
  private static final byte[] GRADIENT_BOOSTER = ascii("\"gradient_booster\"");
  private static final Set<String> BOOSTERS = Set.of("gbtree", "dart", "gblinear");

  /** The parameters before the objective's name in the binary form. */
  private static final int PARAMETERS = 136;

  private static final int MAX_NAME_LENGTH = 64;

  private BoosterFile() {}

  /** Whether it is JSON of a learner. */
  public static boolean isJson(byte[] file) {
    int start = start(file);
    return start < file.length
        && file[start] == '{'
        && contains(file, LEARNER)
        && contains(file, GRADIENT_BOOSTER);
  }

  /** Whether it is UBJSON: an object whose first member's name has a length in binary. */
  public static boolean isUbjson(byte[] file) {
    return file.length > 1 && file[0] == '{' && "iUIlL".indexOf(file[1]) >= 0;
  }

  /** Whether it is in the binary form: parameters, and then an objective and a booster by name. */
  public static boolean isBinary(byte[] file) {
    if (beginsWith(file, BASE_64)) {
      return true;
    }
    int from = beginsWith(file, BINARY) ? BINARY.length : 0;
    return hasNames(file, from + PARAMETERS) || from > 0;
  }

  private static boolean hasNames(byte[] file, int from) {
    String objective = name(file, from);
    return !objective.isEmpty()
        && BOOSTERS.contains(name(file, from + Long.BYTES + objective.length()));
  }

  /** A length and as many letters; empty if it is none. */
  private static String name(byte[] file, int from) {
    if (from > file.length - Long.BYTES) {
      return "";
    }
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(from);
    return length < 1 || length > Math.min(MAX_NAME_LENGTH, file.length - from - Long.BYTES)
        ? ""
        : new String(file, from + Long.BYTES, (int) length, StandardCharsets.US_ASCII);
  }

  /**
   * @throws ModelRefusedException if the file is no model, or one of a kind that is not read
   */
  public static Model read(byte[] file) {
    int start = isJson(file) ? start(file) : 0;
    byte[] handle = start == 0 ? file : Arrays.copyOfRange(file, start, file.length);
    return XGBRegressor.readBooster(Attributes.of(BOOSTER, Map.of("handle", handle)));
  }

  /** Where JSON begins. */
  private static int start(byte[] file) {
    int start = 0;
    while (start < file.length && file[start] >= 0 && Character.isWhitespace(file[start])) {
      start++;
    }
    return start;
  }

  private static boolean beginsWith(byte[] file, byte[] start) {
    return file.length >= start.length
        && Arrays.equals(file, 0, start.length, start, 0, start.length);
  }

  private static boolean contains(byte[] file, byte[] word) {
    for (int i = 0; i <= file.length - word.length; i++) {
      if (file[i] == word[0] && Arrays.equals(file, i, i + word.length, word, 0, word.length)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
