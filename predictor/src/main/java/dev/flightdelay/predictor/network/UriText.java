package dev.flightdelay.predictor.network;

import java.util.regex.Pattern;

/** What all URIs have in common, whatever their scheme. */
public final class UriText {

  public static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");

  private static final Pattern DOT_SEGMENT =
      Pattern.compile(
          "(^|[/\\\\]|%2f|%5c)(\\.|%2e){2}($|[/\\\\?#]|%2f|%5c)", Pattern.CASE_INSENSITIVE);

  private static final int MAX_SHOWN = 200;

  private UriText() {}

  public static void refuseDotSegments(String uri) {
    if (DOT_SEGMENT.matcher(uri).find()) {
      throw new InvalidAddressException("has a .. in it; write the path without it");
    }
  }

  /** Bounded, printable, and without what may be secret: a user's password, a query. */
  public static String shown(String uri) {
    String printable = uri.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    String plain = SCHEME.matcher(uri).lookingAt() ? withoutSecrets(printable) : printable;
    return plain.length() <= MAX_SHOWN ? plain : plain.substring(0, MAX_SHOWN) + "...";
  }

  private static String withoutSecrets(String uri) {
    return uri.replaceFirst("//[^/?#]*@", "//...@").replaceFirst("\\?.*", "?...");
  }
}
