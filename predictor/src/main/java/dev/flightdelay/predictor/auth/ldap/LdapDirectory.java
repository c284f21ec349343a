package dev.flightdelay.predictor.auth.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.NameResolver;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import dev.flightdelay.predictor.network.GuardedNames;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory, asked over TLS only: ldaps://, or ldap:// with StartTLS before anything else. The
 * server's certificate must be trusted and must be for its name.
 */
final class LdapDirectory implements AutoCloseable {

  /** Loads a logging library when there is something to log, not before the first answer. */
  private static final class Reports {
    private static final Logger log = LoggerFactory.getLogger(LdapDirectory.class);
  }

  /** What the directory says of a name and a password. */
  enum Answer {
    MEMBER,
    NO_MEMBER,
    WRONG,
    AWAY
  }

  static final int CONNECTIONS = 8;
  private static final int CONNECT_MILLIS = 3_000;
  private static final int RESPONSE_MILLIS = 5_000;
  private static final long OLDEST_CONNECTION_MILLIS = 300_000;
  private static final int MAX_MESSAGE_LENGTH = 1 << 20;
  private static final int LDAP = 389;
  private static final int LDAPS = 636;

  /** The directory knows better, and says no; anything else is a fault. */
  private static final Set<ResultCode> REFUSALS =
      Set.of(
          ResultCode.INVALID_CREDENTIALS,
          ResultCode.NO_SUCH_OBJECT,
          ResultCode.INVALID_DN_SYNTAX,
          ResultCode.INAPPROPRIATE_AUTHENTICATION,
          ResultCode.UNWILLING_TO_PERFORM,
          ResultCode.CONSTRAINT_VIOLATION,
          ResultCode.NAMING_VIOLATION,
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS);

  private final String shown;
  private final Optional<DN> group;
  private final LDAPConnectionPool pool;

  /**
   * Connects to nothing yet.
   *
   * @throws AuthenticationException if a setting cannot be used
   */
  LdapDirectory(LdapSettings settings, GuardedNames names) {
    this.group = settings.group().map(LdapDirectory::groupName);
    URI uri = uri(settings.url());
    boolean tls = uri.getScheme().equals("ldaps");
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    int port = uri.getPort() != -1 ? uri.getPort() : tls ? LDAPS : LDAP;
    this.shown = uri.getScheme() + "://" + uri.getHost() + ":" + port;
    try {
      SSLContext trust = SSLContext.getDefault();
      PostConnectProcessor startTls = tls ? null : new StartTLSPostConnectProcessor(trust);
      this.pool =
          new LDAPConnectionPool(
              new SingleServerSet(
                  host, port, tls ? trust.getSocketFactory() : null, options(names, port)),
              null,
              0,
              CONNECTIONS,
              startTls,
              false);
    } catch (LDAPException | NoSuchAlgorithmException e) {
      throw new AuthenticationException(
          "the directory %s cannot be used: %s".formatted(shown, e.getMessage()), e);
    }
    pool.setConnectionPoolName("directory");
    pool.setMaxWaitTimeMillis(RESPONSE_MILLIS);
    pool.setMaxConnectionAgeMillis(OLDEST_CONNECTION_MILLIS);
  }

  private static LDAPConnectionOptions options(GuardedNames names, int port) {
    LDAPConnectionOptions options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis(CONNECT_MILLIS);
    options.setResponseTimeoutMillis(RESPONSE_MILLIS);
    options.setMaxMessageSize(MAX_MESSAGE_LENGTH);
    options.setFollowReferrals(false);
    options.setUseSynchronousMode(true);
    options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false));
    options.setNameResolver(new Names(names, port));
    return options;
  }

  private static URI uri(String url) {
    try {
      URI uri = new URI(url);
      boolean ldap = "ldap".equals(uri.getScheme()) || "ldaps".equals(uri.getScheme());
      boolean bare = uri.getRawPath() == null || uri.getRawPath().matches("/?");
      if (ldap && bare && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw unusable(e);
    }
    throw unusable(null);
  }

  private static AuthenticationException unusable(Throwable cause) {
    return new AuthenticationException(
        "LDAP_URL is no address of a directory: write ldaps://host:636, or ldap://host:389 for"
            + " StartTLS",
        cause);
  }

  private static DN groupName(String name) {
    try {
      return new DN(name);
    } catch (LDAPException e) {
      throw new AuthenticationException(
          "LDAP_GROUP is no distinguished name: %s; write cn=planners,ou=groups,dc=example,dc=com"
              .formatted(e.getMessage()),
          e);
    }
  }

  /** Binds as the user, and looks for the user in the group. */
  Answer check(DN name, String user, byte[] password) {
    LDAPException failure = null;
    // A connection of the pool may have been closed by the server; a second one is new.
    for (int attempt = 0; attempt < 2; attempt++) {
      LDAPConnection connection = null;
      try {
        connection = pool.getConnection();
        connection.bind(new SimpleBindRequest(name, password));
        Answer answer =
            group.isEmpty() || isMember(connection, name, user) ? Answer.MEMBER : Answer.NO_MEMBER;
        pool.releaseConnection(connection);
        return answer;
      } catch (LDAPException e) {
        release(connection, e);
        if (REFUSALS.contains(e.getResultCode())) {
          return Answer.WRONG;
        }
        failure = e;
        if (connection == null || e.getResultCode().isConnectionUsable()) {
          break;
        }
      }
    }
    Reports.log
        .atWarn()
        .addKeyValue("directory", shown)
        .addKeyValue("why", failure.getResultCode().getName() + ": " + printable(failure))
        .log("the directory cannot be asked: new callers are answered 503 until it can");
    return Answer.AWAY;
  }

  private void release(LDAPConnection connection, LDAPException e) {
    if (connection == null) {
      return;
    }
    if (e.getResultCode().isConnectionUsable()) {
      pool.releaseConnection(connection);
    } else {
      pool.releaseDefunctConnection(connection);
    }
  }

  private boolean isMember(LDAPConnection connection, DN name, String user) throws LDAPException {
    Filter member =
        Filter.createORFilter(
            Filter.createEqualityFilter("member", name.toString()),
            Filter.createEqualityFilter("uniqueMember", name.toString()),
            Filter.createEqualityFilter("memberUid", user));
    try {
      return connection
              .search(
                  new SearchRequest(
                      group.orElseThrow().toString(),
                      SearchScope.BASE,
                      member,
                      SearchRequest.NO_ATTRIBUTES))
              .getEntryCount()
          > 0;
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)
          || e.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
        Reports.log
            .atWarn()
            .addKeyValue("group", group.orElseThrow())
            .log("users cannot read the group, or there is none: its members may not call");
        return false;
      }
      throw e;
    }
  }

  private static String printable(LDAPException e) {
    String text = String.valueOf(e.getMessage()).replaceAll("\\p{C}", "?");
    return text.length() <= 300 ? text : text.substring(0, 300);
  }

  @Override
  public void close() {
    pool.close();
  }

  /** The library's way to resolve names, with the guard's addresses. */
  private static final class Names extends NameResolver {

    private final GuardedNames names;
    private final int port;

    Names(GuardedNames names, int port) {
      this.names = names;
      this.port = port;
    }

    @Override
    public InetAddress getByName(String host) throws UnknownHostException {
      return getAllByName(host)[0];
    }

    @Override
    public InetAddress[] getAllByName(String host) throws UnknownHostException {
      return names.resolve(host, port);
    }

    @Override
    public void toString(StringBuilder buffer) {
      buffer.append("guarded");
    }
  }
}
