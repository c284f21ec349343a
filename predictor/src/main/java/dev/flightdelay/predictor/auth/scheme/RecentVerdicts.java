package dev.flightdelay.predictor.auth.scheme;

import dev.flightdelay.predictor.auth.caller.Verdict;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * A cache of verdicts: what was found out of credentials not long ago, by their hash. Bounded: when
 * one generation is full it becomes the older one, and what the older one held is forgotten.
 */
public final class RecentVerdicts {

  /**
   * @param until when it must be found out anew
   * @param usableUntil how long it may still be used if that is not possible; never before {@code
   *     until}
   */
  private record Entry(Verdict verdict, long until, long usableUntil) {}

  private final int perGeneration;
  private final LongSupplier millis;
  private final AtomicInteger added = new AtomicInteger();
  private volatile ConcurrentMap<CredentialHash, Entry> young = new ConcurrentHashMap<>();
  private volatile ConcurrentMap<CredentialHash, Entry> old = new ConcurrentHashMap<>();

  /**
   * @param most how many are kept
   * @param millis the time
   */
  public RecentVerdicts(int most, LongSupplier millis) {
    this.perGeneration = most / 2;
    this.millis = millis;
  }

  /** What was found out, or null. */
  public Verdict get(CredentialHash hash) {
    Entry entry = entry(hash);
    return entry == null || millis.getAsLong() >= entry.until() ? null : entry.verdict();
  }

  /** When {@link #get} will no longer give it; 0 where it gives nothing. */
  public long until(CredentialHash hash) {
    Entry entry = entry(hash);
    return entry == null ? 0 : entry.until();
  }

  /** What was found out, though it should be found out anew; or null. */
  public Verdict outdated(CredentialHash hash) {
    Entry entry = entry(hash);
    return entry == null || millis.getAsLong() >= entry.usableUntil() ? null : entry.verdict();
  }

  public void put(CredentialHash hash, Verdict verdict, long until) {
    put(hash, verdict, until, until);
  }

  public void put(CredentialHash hash, Verdict verdict, long until, long usableUntil) {
    if (added.incrementAndGet() > perGeneration) {
      turn();
    }
    young.put(hash, new Entry(verdict, until, usableUntil));
  }

  public void remove(CredentialHash hash) {
    young.remove(hash);
    old.remove(hash);
  }

  int size() {
    return young.size() + old.size();
  }

  private Entry entry(CredentialHash hash) {
    Entry entry = young.get(hash);
    return entry == null ? old.get(hash) : entry;
  }

  private synchronized void turn() {
    if (added.get() > perGeneration) {
      old = young;
      young = new ConcurrentHashMap<>();
      added.set(1);
    }
  }
}
