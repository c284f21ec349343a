package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.util.regex.Pattern;

/** What all URIs have in common, whatever their scheme. */
final class UriText {

  static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):");

  private static final Pattern DOT_SEGMENT =
      Pattern.compile(
          "(^|[/\\\\]|%2f|%5c)(\\.|%2e){2}($|[/\\\\?#]|%2f|%5c)", Pattern.CASE_INSENSITIVE);

  private static final int MOST_SHOWN = 200;

  private UriText() {}

  static void refuseDotSegments(String uri) {
    if (DOT_SEGMENT.matcher(uri).find()) {
      throw invalid(uri, "has a .. in it; write the path without it");
    }
  }

  /** The bucket and the name in it of {@code scheme://bucket/name}, both taken literally. */
  static String[] bucketAndName(String uri) {
    String rest = uri.substring(uri.indexOf(':') + 1);
    int slash = rest.startsWith("//") ? rest.indexOf('/', 2) : -1;
    if (slash < 0 || slash == rest.length() - 1 || rest.endsWith("/")) {
      throw invalid(uri, "names no object; it is written as scheme://bucket/path/model.pkl");
    }
    String bucket = rest.substring(2, slash);
    if (!bucket.matches("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")) {
      throw invalid(uri, "has no bucket's name between // and the next slash");
    }
    return new String[] {bucket, rest.substring(slash + 1)};
  }

  static ModelFetchException invalid(String uri, String why) {
    return new ModelFetchException(Reason.INVALID_URI, "the model's URI " + shown(uri) + " " + why);
  }

  /** Bounded, printable, and without what may be secret: a user's password, a query. */
  static String shown(String uri) {
    String printable = uri.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    String plain = SCHEME.matcher(uri).lookingAt() ? withoutSecrets(printable) : printable;
    return plain.length() <= MOST_SHOWN ? plain : plain.substring(0, MOST_SHOWN) + "...";
  }

  private static String withoutSecrets(String uri) {
    return uri.replaceFirst("//[^/?#]*@", "//...@").replaceFirst("\\?.*", "?...");
  }
}
