package dev.flightdelay.predictor.pickle;

/** Texts out of a file, made fit for a message: bounded, and with nothing in them that misleads. */
final class Printable {

  private Printable() {}

  /** All but visible ASCII is written as backslash, u and four digits. */
  static String text(String text, int longest) {
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (printable.length() >= longest) {
        return printable.append("...").toString();
      }
      char c = text.charAt(i);
      if (c > 0x20 && c < 0x7f) {
        printable.append(c);
      } else {
        printable.append("\\u%04x".formatted((int) c));
      }
    }
    return printable.toString();
  }
}
