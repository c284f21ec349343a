package dev.flightdelay.predictor.auth.caller;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The callers that have a rate limit: the same caller has the same one, whatever token or
 * connection it comes with. Bounded: beyond, those that were silent for a second are forgotten, and
 * where there are too many all the same, further ones share a rate.
 */
public final class Callers {

  static final int MAX_CALLERS = 10_000;
  private static final long SWEEP_PAUSE = 1_000_000_000L;

  /** Of an IPv6 address: who has one has all with these first bytes, and may take any of them. */
  private static final int IPV6_NETWORK = 8;

  private record Key(Mechanism mechanism, String id) {}

  private final int perSecond;
  private final int rowsPerSecond;
  private final int burst;
  private final LongSupplier clock;
  private final Map<Key, Caller> callers = new ConcurrentHashMap<>();
  private final Map<Mechanism, Caller> others = new ConcurrentHashMap<>();
  private volatile long sweptAt;

  public Callers(CallerLimits limits) {
    this(
        limits.requests().orElse(0),
        limits.rows().orElse(0),
        limits.requests().orElse(0),
        System::nanoTime);
  }

  public Callers(int perSecond, int burst, LongSupplier clock) {
    this(perSecond, 0, burst, clock);
  }

  Callers(int perSecond, int rowsPerSecond, int burst, LongSupplier clock) {
    this.perSecond = perSecond;
    this.rowsPerSecond = rowsPerSecond;
    this.burst = burst;
    this.clock = clock;
    this.sweptAt = clock.getAsLong() - SWEEP_PAUSE;
  }

  public boolean limited() {
    return perSecond > 0 || rowsPerSecond > 0;
  }

  /** Requests a second of each caller; 0 where there is no limit. */
  public int perSecond() {
    return perSecond;
  }

  /**
   * The caller that comes from an address, where callers are not checked. An IPv6 address is one of
   * its network of 64 bits, which is the least that anybody is given; one that stands for an IPv4
   * address is that.
   */
  public Caller at(InetAddress address) {
    String network = network(address);
    return of(Mechanism.ADDRESS, network, network);
  }

  private static String network(InetAddress address) {
    try {
      byte[] bytes = address.getAddress();
      // What it makes of an IPv4 address in an IPv6 one is the IPv4 address.
      InetAddress plain = InetAddress.getByAddress(bytes);
      return plain.getAddress().length == 4
          ? plain.getHostAddress()
          : HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK).replaceAll("(.{4})", "$1:") + ":/64";
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * A caller.
   *
   * @param id the same for the same caller
   * @param name what it is called
   */
  public Caller of(Mechanism mechanism, String id, String name) {
    if (!limited()) {
      return new Caller(mechanism, id, name, null, null);
    }
    Key key = new Key(mechanism, id);
    Caller known = callers.get(key);
    if (known != null) {
      return known;
    }
    if (callers.size() >= MAX_CALLERS && !sweep()) {
      return others.computeIfAbsent(mechanism, same -> rated(same, "", "other"));
    }
    return callers.computeIfAbsent(key, fresh -> rated(mechanism, id, name));
  }

  private boolean sweep() {
    long now = clock.getAsLong();
    if (now - sweptAt >= SWEEP_PAUSE) {
      sweptAt = now;
      callers.values().removeIf(Caller::hasAll);
    }
    return callers.size() < MAX_CALLERS;
  }

  private Caller rated(Mechanism mechanism, String id, String name) {
    return new Caller(
        mechanism,
        id,
        name,
        perSecond == 0 ? null : new TokenBucket(perSecond, burst, clock),
        rowsPerSecond == 0 ? null : new TokenBucket(rowsPerSecond, rowsPerSecond, clock));
  }
}
