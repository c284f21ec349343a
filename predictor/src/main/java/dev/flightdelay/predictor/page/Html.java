package dev.flightdelay.predictor.page;

/** How a text that is not ours is put into HTML, as an element's content or a quoted attribute. */
final class Html {

  private Html() {}

  static String escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (reference(text.charAt(i)) != null) {
        return escapeFrom(text, i);
      }
    }
    return text;
  }

  private static String escapeFrom(String text, int first) {
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      String reference = reference(c);
      if (reference == null) {
        escaped.append(c);
      } else {
        escaped.append(reference);
      }
    }
    return escaped.toString();
  }

  private static String reference(char c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      case '`' -> "&#96;";
      // A browser would read these as line ends or drop them: they stay visible.
      case '\0' -> "\uFFFD";
      case '\r' -> "&#13;";
      case '\n' -> "&#10;";
      default -> null;
    };
  }
}
