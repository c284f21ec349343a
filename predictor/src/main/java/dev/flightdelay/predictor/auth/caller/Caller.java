package dev.flightdelay.predictor.auth.caller;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** Who calls, and what that caller has left of its rate. */
public final class Caller implements Verdict {

  private static final int MAX_NAME_LENGTH = 100;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private final Mechanism mechanism;
  private final String name;
  private final TokenBucket rate;

  /**
   * @param rate null where there is no limit
   */
  Caller(Mechanism mechanism, String name, TokenBucket rate) {
    this.mechanism = requireNonNull(mechanism);
    this.name = shown(name);
    this.rate = rate;
  }

  /** Bounded and printable: whoever issues tokens decides what a subject is. */
  private static String shown(String name) {
    String printable = UNPRINTABLE.matcher(name).replaceAll("?");
    return printable.length() <= MAX_NAME_LENGTH
        ? printable
        : printable.substring(0, MAX_NAME_LENGTH);
  }

  public Mechanism mechanism() {
    return mechanism;
  }

  /** A key's name, a token's subject, a user's name or an address. */
  public String name() {
    return name;
  }

  /**
   * Takes one request of the caller's rate.
   *
   * @return 0, or after how many nanoseconds there is one again
   */
  public long take() {
    return rate == null ? 0 : rate.take();
  }
}
