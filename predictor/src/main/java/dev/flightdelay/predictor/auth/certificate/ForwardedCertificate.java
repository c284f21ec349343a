package dev.flightdelay.predictor.auth.certificate;

import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Mechanism;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.auth.scheme.Credentials;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import dev.flightdelay.predictor.auth.scheme.Scheme;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header x-forwarded-client-cert as Envoy writes it: an element for each proxy, of which the
 * last one is the nearest's, and the only one that can be relied upon.
 */
final class ForwardedCertificate implements Scheme {

  static final String HEADER = "x-forwarded-client-cert";

  private static final Mechanism MECHANISM = new Mechanism("client-certificate");

  /**
   * A key, and a value that is quoted where it has a comma, a semicolon or an equals sign in it.
   */
  private static final Pattern PART =
      Pattern.compile("([A-Za-z]+)=(\"(?:[^\"\\\\]|\\\\.)*+\"|[^\",;]*+)([,;]|\\z)");

  private static final Rejection NO_URI =
      new Rejection(401, "", "the client certificate has no URI in its subjectAltName");

  private final Set<String> uris;
  private final Callers callers;

  ForwardedCertificate(Set<String> uris, Callers callers) {
    this.uris = uris;
    this.callers = callers;
  }

  @Override
  public String accepted() {
    return HEADER + ": URI=.., by the proxy that checks client certificates";
  }

  @Override
  public Optional<String> header() {
    return Optional.of(HEADER);
  }

  @Override
  public String challenge(Rejection rejection) {
    return "";
  }

  @Override
  public Verdict check(Credentials credentials, CredentialHasher hasher, LastToken last) {
    String header = credentials.header(HEADER);
    if (header == null) {
      return null;
    }
    String uri = uri(header);
    if (uri.isEmpty()) {
      return NO_URI;
    }
    return uris.contains(uri) ? callers.of(MECHANISM, uri, uri) : Rejection.NOT_ALLOWED;
  }

  /** That of the last element; empty where it has none, or the header is malformed. */
  private static String uri(String header) {
    Matcher part = PART.matcher(header);
    String uri = "";
    int at = 0;
    while (at < header.length() && part.region(at, header.length()).lookingAt()) {
      if (part.group(1).equalsIgnoreCase("URI")) {
        uri = part.group(2);
      }
      if (part.group(3).equals(",")) {
        uri = "";
      }
      at = part.end();
    }
    return at == header.length() ? uri : "";
  }
}
