package dev.flightdelay.predictor.auth.scheme;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Hashes what callers present. One belongs to one thread.
 *
 * <p>The salt is the process's own, so that nobody outside can know, or choose, how a hash begins.
 */
public final class CredentialHasher {

  private static final byte[] SALT = new byte[16];
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  static {
    new SecureRandom().nextBytes(SALT);
  }

  /** For what is only compared: room of one's own for each token would cost more than comparing. */
  private final byte[] room = new byte[LastToken.MAX_LENGTH];

  private final MessageDigest sha256;

  public CredentialHasher() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** {@link LastToken#MAX_LENGTH} bytes that this thread may write to. */
  public byte[] room() {
    return room;
  }

  public CredentialHash hash(byte[] bytes, int from, int to) {
    sha256.update(SALT);
    sha256.update(bytes, from, to - from);
    byte[] digest = sha256.digest();
    return new CredentialHash(at(digest, 0), at(digest, 8), at(digest, 16), at(digest, 24));
  }

  private static long at(byte[] digest, int index) {
    return (long) LONG.get(digest, index);
  }
}
