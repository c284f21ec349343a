package dev.flightdelay.predictor.auth.caller;

import java.net.InetAddress;
import java.util.Map;
import java.util.OptionalInt;
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

  private record Key(Mechanism mechanism, String id) {}

  private record Rated(Caller caller, TokenBucket rate) {}

  private final int perSecond;
  private final int burst;
  private final LongSupplier clock;
  private final Map<Key, Rated> callers = new ConcurrentHashMap<>();
  private final Map<Mechanism, Caller> others = new ConcurrentHashMap<>();
  private volatile long sweptAt;

  /**
   * @param perSecond requests a second of each caller; empty for no limit
   */
  public Callers(OptionalInt perSecond) {
    this(perSecond.orElse(0), perSecond.orElse(0), System::nanoTime);
  }

  public Callers(int perSecond, int burst, LongSupplier clock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.clock = clock;
    this.sweptAt = clock.getAsLong() - SWEEP_PAUSE;
  }

  public boolean limited() {
    return perSecond > 0;
  }

  /** Requests a second of each caller; 0 where there is no limit. */
  public int perSecond() {
    return perSecond;
  }

  /** The caller that comes from an address, where callers are not checked. */
  public Caller at(InetAddress address) {
    return of(Mechanism.ADDRESS, address.getHostAddress(), address.getHostAddress());
  }

  /**
   * A caller.
   *
   * @param id the same for the same caller
   * @param name what it is called
   */
  public Caller of(Mechanism mechanism, String id, String name) {
    if (!limited()) {
      return new Caller(mechanism, name, null);
    }
    Key key = new Key(mechanism, id);
    Rated known = callers.get(key);
    if (known != null) {
      return known.caller();
    }
    if (callers.size() >= MAX_CALLERS && !sweep()) {
      return others.computeIfAbsent(mechanism, same -> new Caller(same, "other", bucket()));
    }
    return callers
        .computeIfAbsent(
            key,
            fresh -> {
              TokenBucket rate = bucket();
              return new Rated(new Caller(mechanism, name, rate), rate);
            })
        .caller();
  }

  private boolean sweep() {
    long now = clock.getAsLong();
    if (now - sweptAt >= SWEEP_PAUSE) {
      sweptAt = now;
      callers.values().removeIf(rated -> rated.rate().isFull());
    }
    return callers.size() < MAX_CALLERS;
  }

  private TokenBucket bucket() {
    return new TokenBucket(perSecond, burst, clock);
  }
}
