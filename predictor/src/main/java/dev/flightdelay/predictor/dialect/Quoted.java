package dev.flightdelay.predictor.dialect;

import java.util.List;

/** What a caller sent, as a message repeats it: bounded, on one line. */
public final class Quoted {

  private static final int MAX_TEXT = 60;
  private static final int MAX_NAMES = 10;

  private Quoted() {}

  /** In single quotes. */
  public static String text(String sent) {
    StringBuilder shown = new StringBuilder("'");
    int length = Math.min(sent.length(), MAX_TEXT);
    for (int i = 0; i < length; i++) {
      char c = sent.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return shown.append(sent.length() > MAX_TEXT ? "…'" : "'").toString();
  }

  /** The first names in single quotes, and how many more there are. */
  public static String names(List<String> names) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(names.size(), MAX_NAMES); i++) {
      shown.append(i == 0 ? "" : ", ").append(text(names.get(i)));
    }
    int more = names.size() - MAX_NAMES;
    return more > 0
        ? shown.append(" and ").append(more).append(" more").toString()
        : shown.toString();
  }
}
