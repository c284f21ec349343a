package dev.flightdelay.predictor.auth.scheme;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a bearer presents (RFC 6750): the first kind of credential that knows it decides. */
public final class Bearer implements Scheme {

  /** What the OpenAPI document says of it. */
  public static final SecurityScheme DOCUMENTED =
      new SecurityScheme(
          "bearer",
          "{\"type\": \"http\", \"scheme\": \"bearer\", \"description\": \"Where it knows them by"
              + " API keys or by tokens of an OpenID Connect provider.\"}");

  private static final String SCHEME = "Bearer ";

  private final BearerCredential[] kinds;

  /**
   * @param kinds in the order in which they are tried
   */
  public Bearer(BearerCredential... kinds) {
    this.kinds = kinds.clone();
  }

  /** The same schemes, but that those of bearers are one, in the place of the first. */
  public static List<Scheme> joined(List<Scheme> schemes) {
    List<Scheme> joined = new ArrayList<>();
    BearerCredential[] kinds =
        schemes.stream()
            .flatMap(
                scheme -> scheme instanceof Bearer bearer ? Stream.of(bearer.kinds) : Stream.of())
            .toArray(BearerCredential[]::new);
    boolean placed = false;
    for (Scheme scheme : schemes) {
      if (!(scheme instanceof Bearer)) {
        joined.add(scheme);
      } else if (!placed) {
        joined.add(new Bearer(kinds));
        placed = true;
      }
    }
    return joined;
  }

  @Override
  public String accepted() {
    return "Authorization: Bearer "
        + Stream.of(kinds).map(BearerCredential::word).collect(Collectors.joining("-OR-"));
  }

  @Override
  public String challenge(Rejection rejection) {
    return "WWW-Authenticate: Bearer realm=\"predictions\""
        + (rejection.reason().isEmpty() ? "" : ", error=\"" + rejection.reason() + '"')
        + "\r\n";
  }

  @Override
  public Verdict check(Credentials credentials, CredentialHasher hasher, LastToken last) {
    String authorization = credentials.header(AuthorizationHeader.NAME);
    if (!AuthorizationHeader.is(authorization, SCHEME)) {
      return null;
    }
    for (BearerCredential kind : kinds) {
      Caller same = kind.again(authorization, hasher.room(), last);
      if (same != null) {
        return same;
      }
    }
    byte[] bytes = authorization.getBytes(ISO_8859_1);
    int from = AuthorizationHeader.behind(bytes, SCHEME);
    CredentialHash hash = hasher.hash(bytes, from, bytes.length);
    for (BearerCredential kind : kinds) {
      Verdict verdict = kind.check(hash, bytes, from, last);
      if (verdict != null) {
        return verdict;
      }
    }
    return kinds[kinds.length - 1].unknown();
  }

  @Override
  public void start() {
    for (BearerCredential kind : kinds) {
      kind.start();
    }
  }

  @Override
  public void close() {
    for (BearerCredential kind : kinds) {
      kind.close();
    }
  }
}
