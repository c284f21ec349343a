package dev.flightdelay.predictor.auth.caller;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** Who calls, and what that caller has left of its rate. */
public final class Caller implements Verdict {

  private static final int MAX_NAME_LENGTH = 100;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private final Mechanism mechanism;
  private final String id;
  private final String name;
  private final TokenBucket requests;
  private final TokenBucket rows;

  /**
   * @param id of a mechanism the same for the same caller
   * @param requests null where there is no limit
   * @param rows null where there is no limit
   */
  Caller(Mechanism mechanism, String id, String name, TokenBucket requests, TokenBucket rows) {
    this.mechanism = requireNonNull(mechanism);
    this.id = requireNonNull(id);
    this.name = shown(name);
    this.requests = requests;
    this.rows = rows;
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
    return requests == null ? 0 : requests.take(1);
  }

  /**
   * Takes rows of the caller's rate, all of them where there is one: a request of more rows than
   * may be had in a second is answered, and those after it wait for as long as that takes.
   *
   * @return 0, or after how many nanoseconds there is one again; then nothing was taken
   */
  public long takeRows(int count) {
    return rows == null ? 0 : rows.take(count);
  }

  /** The rows a second that the caller may have scored; 0 where there is no limit. */
  public int rowsPerSecond() {
    return rows == null ? 0 : rows.perSecond();
  }

  /** Whether forgetting what it took would change nothing. */
  boolean hasAll() {
    return (requests == null || requests.isFull()) && (rows == null || rows.isFull());
  }

  /** Whoever was recognised as the same in the same way, now or earlier. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Caller caller && mechanism == caller.mechanism && id.equals(caller.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
