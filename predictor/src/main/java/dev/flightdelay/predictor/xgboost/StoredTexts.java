package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Texts that XGBoost stores one behind the other in UTF-8, with where each begins.
 *
 * <p>Of a pandas frame XGBoost 3.1 and 3.2 count letters where these are bytes ({@code pd_cat_inf}
 * in {@code _data_utils.py}): behind a letter outside of ASCII the texts are cut elsewhere, and the
 * last bytes are lost. What a text was is then told by its number of letters and by as much of it
 * as there is.
 */
final class StoredTexts {

  private final Map<String, Integer> whole;

  // What XGBoost takes for the texts, and their places in the order of it.
  private final byte[][] parts;
  private final int[] order;

  // Of texts that were cut: their known bytes, and how many letters they had. Null for others.
  private final byte[][] known;
  private final int[] letters;

  private StoredTexts(Map<String, Integer> whole, byte[][] parts, byte[][] known, int[] letters) {
    this.whole = Map.copyOf(whole);
    this.parts = parts;
    this.order =
        IntStream.range(0, parts.length)
            .boxed()
            .sorted((i, j) -> Arrays.compare(parts[i], parts[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.known = known;
    this.letters = letters;
  }

  /**
   * @param offsets where each text begins in {@code bytes}, and the last one's end
   * @throws ModelRefusedException if they are no texts, or not all different
   */
  static StoredTexts read(int[] offsets, int[] values) {
    byte[] bytes = new byte[values.length];
    boolean ascii = true;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
      ascii &= bytes[i] >= 0;
    }
    boolean ordered = offsets[0] == 0 && offsets[offsets.length - 1] == bytes.length;
    for (int i = 1; i < offsets.length && ordered; i++) {
      ordered = offsets[i - 1] <= offsets[i];
    }
    if (!ordered) {
      throw invalid("whose places are not those of its letters");
    }
    byte[][] parts = new byte[offsets.length - 1][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Arrays.copyOfRange(bytes, offsets[i], offsets[i + 1]);
    }
    return ascii
        ? new StoredTexts(different(offsets, bytes), parts, null, null)
        : cut(offsets, bytes, parts);
  }

  private static Map<String, Integer> different(int[] offsets, byte[] bytes) {
    Map<String, Integer> whole = HashMap.newHashMap(offsets.length);
    for (int i = 0; i + 1 < offsets.length; i++) {
      if (whole.put(slice(offsets, bytes, i), i) != null) {
        throw invalid("of which one is there twice");
      }
    }
    return whole;
  }

  private static String slice(int[] offsets, byte[] bytes, int i) {
    return new String(bytes, offsets[i], offsets[i + 1] - offsets[i], StandardCharsets.UTF_8);
  }

  /**
   * Where letters were counted: each text's bytes are as many as its letters have. Of other frames
   * than pandas' the places are right, so that what they say holds where nothing else does.
   */
  private static StoredTexts cut(int[] offsets, byte[] bytes, byte[][] parts) {
    int count = offsets.length - 1;
    Map<String, Integer> whole = HashMap.newHashMap(count);
    byte[][] known = new byte[count][];
    int[] letters = new int[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      int begin = at;
      letters[i] = offsets[i + 1] - offsets[i];
      int letter = 0;
      for (; letter < letters[i] && at < bytes.length; letter++) {
        at += size(bytes[at]);
      }
      boolean isWhole = letter == letters[i] && at <= bytes.length;
      known[i] = Arrays.copyOfRange(bytes, begin, Math.min(at, bytes.length));
      if (isWhole) {
        whole.putIfAbsent(new String(known[i], StandardCharsets.UTF_8), i);
        known[i] = null;
      }
    }
    for (int i = 0; i < count; i++) {
      whole.putIfAbsent(slice(offsets, bytes, i), i);
    }
    return new StoredTexts(whole, parts, known, letters);
  }

  /** How many bytes a letter has by its first one. */
  private static int size(byte first) {
    int bits = first & 0xff;
    return bits < 0x80 ? 1 : bits < 0xe0 ? 2 : bits < 0xf0 ? 3 : 4;
  }

  /** The position of the text, or -1. */
  int position(String text) {
    Integer position = whole.get(text);
    if (position != null || known == null) {
      return position == null ? -1 : position;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int letterCount = text.codePointCount(0, text.length());
    int found = -1;
    for (int i = 0; i < known.length; i++) {
      if (known[i] != null
          && letters[i] == letterCount
          && bytes.length >= known[i].length
          && Arrays.equals(bytes, 0, known[i].length, known[i], 0, known[i].length)) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  /** The position of the first that is not before the text in the order of signed bytes, or -1. */
  int next(String text) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    int from = 0;
    int to = order.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (Arrays.compare(parts[order[middle]], wanted) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from < order.length ? order[from] : -1;
  }

  /** One of the texts; empty if none is whole. */
  String sample() {
    return whole.keySet().stream().min(String::compareTo).orElse("");
  }

  private static ModelRefusedException invalid(String what) {
    return new ModelRefusedException(
        Reason.MODEL_INVALID,
        "the booster has categories %s; save the model again".formatted(what));
  }
}
