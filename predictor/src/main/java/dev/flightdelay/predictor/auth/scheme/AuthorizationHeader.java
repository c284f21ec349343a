package dev.flightdelay.predictor.auth.scheme;

/** The header Authorization: a scheme's name, spaces, and what is presented. */
public final class AuthorizationHeader {

  /** Its name, in small letters. */
  public static final String NAME = "authorization";

  private AuthorizationHeader() {}

  /**
   * Whether a header is of a scheme.
   *
   * @param header or null
   * @param scheme its name and a space
   */
  public static boolean is(String header, String scheme) {
    return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  /**
   * Where what is presented begins.
   *
   * @param scheme its name and a space
   */
  public static int behind(byte[] header, String scheme) {
    int from = scheme.length();
    while (from < header.length && header[from] == ' ') {
      from++;
    }
    return from;
  }
}
