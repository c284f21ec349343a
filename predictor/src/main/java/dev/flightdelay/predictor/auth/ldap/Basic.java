package dev.flightdelay.predictor.auth.ldap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.AuthorizationHeader;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.auth.scheme.Credentials;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import dev.flightdelay.predictor.auth.scheme.Scheme;
import dev.flightdelay.predictor.auth.scheme.SchemeContext;
import dev.flightdelay.predictor.network.GuardedNames;

/** A user's name and password (RFC 7617), which a directory checks. */
final class Basic implements Scheme {

  private static final String SCHEME = "Basic ";

  private final LdapAuthentication directory;

  Basic(LdapSettings settings, SchemeContext context) {
    this.directory =
        new LdapAuthentication(
            new BindName(settings.bindDn()),
            new LdapDirectory(settings, new GuardedNames(context.hosts())),
            context.callers(),
            context.clock());
  }

  @Override
  public String accepted() {
    return "Authorization: Basic base64(USER:PASSWORD)";
  }

  @Override
  public String challenge(Rejection rejection) {
    return "WWW-Authenticate: Basic realm=\"predictions\", charset=\"UTF-8\"\r\n";
  }

  @Override
  public Verdict check(Credentials credentials, CredentialHasher hasher, LastToken last) {
    String authorization = credentials.header(AuthorizationHeader.NAME);
    if (!AuthorizationHeader.is(authorization, SCHEME)) {
      return null;
    }
    byte[] bytes = authorization.getBytes(ISO_8859_1);
    int from = AuthorizationHeader.behind(bytes, SCHEME);
    return directory.check(hasher.hash(bytes, from, bytes.length), bytes, from, bytes.length);
  }

  @Override
  public void close() {
    directory.close();
  }
}
