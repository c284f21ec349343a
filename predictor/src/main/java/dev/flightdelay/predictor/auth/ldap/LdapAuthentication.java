package dev.flightdelay.predictor.auth.ldap;

import static java.util.concurrent.CompletableFuture.completedFuture;

import com.unboundid.ldap.sdk.DN;
import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Mechanism;
import dev.flightdelay.predictor.auth.caller.PendingVerdict;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.CredentialHash;
import dev.flightdelay.predictor.auth.scheme.RecentVerdicts;
import dev.flightdelay.predictor.auth.scheme.VerificationQueue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** Callers with a user's name and password: known ones at once, others by asking a directory. */
final class LdapAuthentication implements AutoCloseable {

  private static final Mechanism MECHANISM = new Mechanism("ldap");

  static final long KNOWN_MILLIS = 60_000;

  /** While the directory is away, who was known may go on for so long. */
  static final long KNOWN_WHILE_AWAY_MILLIS = 300_000;

  static final long REFUSED_MILLIS = 5_000;
  private static final int MAX_USER_LENGTH = 256;
  private static final int MAX_PASSWORD_LENGTH = 1024;
  private static final int MAX_KNOWN = 10_000;
  private static final int MAX_REFUSED = 2_000;
  private static final int QUEUE = 256;

  /** Passwords of one user that are tried: a second's pause each, ten at once. */
  private static final int ATTEMPTS_PER_SECOND = 1;

  private static final int ATTEMPTS_AT_ONCE = 10;

  private static final Rejection MALFORMED =
      new Rejection(
          401, "", "the header Authorization is not: Basic base64(user:password), in UTF-8");
  private static final Rejection TOO_MANY_ATTEMPTS =
      new Rejection(429, "", "too many passwords were tried for this user; try again in a second");
  private static final Rejection AWAY =
      Rejection.unavailable("the directory of users does not answer; try again");

  private record User(String name, byte[] password) {}

  private final BindName bindName;
  private final LdapDirectory directory;
  private final Callers callers;
  private final Callers attempts;
  private final RecentVerdicts known;
  private final RecentVerdicts refused;
  private final VerificationQueue queue;
  private final Clock clock;

  LdapAuthentication(BindName bindName, LdapDirectory directory, Callers callers, Clock clock) {
    this.bindName = bindName;
    this.directory = directory;
    this.callers = callers;
    this.attempts = new Callers(ATTEMPTS_PER_SECOND, ATTEMPTS_AT_ONCE, System::nanoTime);
    this.known = new RecentVerdicts(MAX_KNOWN, clock::millis);
    this.refused = new RecentVerdicts(MAX_REFUSED, clock::millis);
    this.queue = new VerificationQueue("directory", LdapDirectory.CONNECTIONS, QUEUE);
    this.clock = clock;
  }

  Verdict check(CredentialHash hash, byte[] bytes, int from, int to) {
    Verdict verdict = known.get(hash);
    if (verdict == null) {
      verdict = refused.get(hash);
    }
    if (verdict != null) {
      return verdict;
    }
    // One attempt, however many requests come with it before it is decided.
    PendingVerdict same = queue.running(hash);
    if (same != null) {
      return same;
    }
    User user = user(bytes, from, to);
    if (user == null) {
      return MALFORMED;
    }
    if (!couldBe(user)) {
      return Rejection.WRONG_PASSWORD;
    }
    DN name = bindName.of(user.name());
    String id = id(name);
    if (attempts.of(MECHANISM, id, id).take() > 0) {
      return TOO_MANY_ATTEMPTS;
    }
    return queue.submit(hash, () -> completedFuture(ask(hash, user, name, id)));
  }

  private static User user(byte[] bytes, int from, int to) {
    try {
      byte[] decoded = Base64.getDecoder().decode(Arrays.copyOfRange(bytes, from, to));
      int colon = 0;
      while (colon < decoded.length && decoded[colon] != ':') {
        colon++;
      }
      if (colon == decoded.length) {
        return null;
      }
      String name =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded, 0, colon)).toString();
      return new User(name, Arrays.copyOfRange(decoded, colon + 1, decoded.length));
    } catch (IllegalArgumentException | CharacterCodingException malformed) {
      return null;
    }
  }

  /**
   * What no directory need be asked. Above all an empty password: a bind with one succeeds for
   * every name, because it is a way to bind as nobody (RFC 4513, 5.1.2).
   */
  private static boolean couldBe(User user) {
    String name = user.name();
    boolean password = user.password().length > 0 && user.password().length <= MAX_PASSWORD_LENGTH;
    for (byte b : user.password()) {
      password &= b != 0;
    }
    return password
        && !name.isBlank()
        && name.equals(name.strip())
        && name.length() <= MAX_USER_LENGTH
        && name.codePoints().noneMatch(Character::isISOControl);
  }

  /** The same for all spellings that a directory takes as one name. */
  private static String id(DN name) {
    return name.toNormalizedString();
  }

  private Verdict ask(CredentialHash hash, User user, DN name, String id) {
    long now = clock.millis();
    return switch (directory.check(name, user.name(), user.password())) {
      case MEMBER -> {
        Caller caller = callers.of(MECHANISM, id, user.name().toLowerCase(Locale.ROOT));
        known.put(hash, caller, now + KNOWN_MILLIS, now + KNOWN_WHILE_AWAY_MILLIS);
        yield caller;
      }
      case NO_MEMBER -> refuse(hash, Rejection.NOT_ALLOWED, now);
      case WRONG -> refuse(hash, Rejection.WRONG_PASSWORD, now);
      case AWAY -> {
        Verdict before = known.outdated(hash);
        yield before == null ? AWAY : before;
      }
    };
  }

  private Rejection refuse(CredentialHash hash, Rejection refusal, long now) {
    known.remove(hash);
    refused.put(hash, refusal, now + REFUSED_MILLIS);
    return refusal;
  }

  @Override
  public void close() {
    queue.close();
    directory.close();
  }
}
