package dev.flightdelay.predictor.pickle;

/** Names out of a file, made fit for a message: bounded, and with nothing in them that misleads. */
final class Printable {

  private static final int MAX_LENGTH = 120;

  private Printable() {}

  /** Module and name, where all but visible ASCII is written as backslash, u and four digits. */
  static String name(GlobalName name) {
    String cut = text(name.module(), MAX_LENGTH / 2) + "." + text(name.name(), MAX_LENGTH / 2);
    return cut.equals(".") ? "without a name" : cut;
  }

  private static String text(String text, int longest) {
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
