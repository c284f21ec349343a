package dev.flightdelay.predictor.dataplane.scoring;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Work of several callers that waits for its turn: next is the first of the caller that has had the
 * least time (fair queueing). Who comes begins with what the one had whose turn is: nobody saves up
 * time while away, and nobody waits for those who have asked for more.
 *
 * <p>Not for several threads at once.
 */
final class FairQueue {

  /** What a caller has of the workers. */
  private static final class Share {
    private final Object caller;
    private final ArrayDeque<Work> waiting = new ArrayDeque<>();
    private int turns;
    private long had;
    private long order;
    private long meanNanos;

    Share(Object caller, long had, long meanNanos) {
      this.caller = caller;
      this.had = had;
      this.meanNanos = meanNanos;
    }
  }

  /** A caller's time for a piece of work is a mean of about so many. */
  private static final int REMEMBERED = 16;

  private final long turnNanos;
  private final Map<Object, Share> shares = new HashMap<>();

  /** Those with work that waits; who has had as little as another comes after it. */
  private final TreeSet<Share> ready =
      new TreeSet<>(
          Comparator.comparingLong((Share share) -> share.had)
              .thenComparingLong(share -> share.order));

  private long orders;
  private long had;
  private long meanNanos;
  private int waiting;

  /**
   * @param turnNanos what a turn is thought to take until it is known
   */
  FairQueue(long turnNanos) {
    this.turnNanos = turnNanos;
  }

  /** Behind what its caller has waiting. */
  void add(Work work) {
    Share share =
        shares.computeIfAbsent(work.caller(), caller -> new Share(caller, had, meanNanos));
    leave(share);
    share.waiting.addLast(work);
    waiting++;
    join(share);
  }

  /**
   * The work whose turn it is, until {@link #ended} or {@link #paused}.
   *
   * @return null where nothing waits
   */
  Work next() {
    Share share = ready.pollFirst();
    if (share == null) {
      return null;
    }
    had = Math.max(had, share.had);
    share.had += turnNanos;
    share.turns++;
    waiting--;
    Work work = share.waiting.removeFirst();
    join(share);
    return work;
  }

  /** Nobody else wants a turn: it has another one at once. */
  void goesOn(Work work, long nanos) {
    Share share = shares.get(work.caller());
    leave(share);
    share.had += nanos;
    had = Math.max(had, share.had - turnNanos);
    join(share);
  }

  /** Its turn is over, but there is more to do: it is its caller's next. */
  void paused(Work work, long nanos) {
    Share share = shares.get(work.caller());
    leave(share);
    charge(share, nanos);
    share.waiting.addFirst(work);
    waiting++;
    join(share);
  }

  /**
   * Its last turn is over.
   *
   * @param nanos what that took
   * @param all what all its turns took; less than 0 where it was not done to its end
   */
  void ended(Work work, long nanos, long all) {
    Share share = shares.get(work.caller());
    leave(share);
    charge(share, nanos);
    if (all >= 0) {
      meanNanos += (all - meanNanos) / REMEMBERED;
      share.meanNanos += (all - share.meanNanos) / REMEMBERED;
    }
    join(share);
  }

  /** Takes it out, if it waits. */
  boolean remove(Work work) {
    Share share = shares.get(work.caller());
    if (share == null || !share.waiting.contains(work)) {
      return false;
    }
    leave(share);
    share.waiting.remove(work);
    waiting--;
    join(share);
    return true;
  }

  /**
   * Takes out what was added last by whoever has most waiting, where that is more than this caller
   * would have with one more.
   *
   * @return null where nobody has
   */
  Work displace(Object caller) {
    int most = waiting(caller) + 1;
    Share greediest = null;
    for (Share share : ready) {
      if (share.waiting.size() > most && !share.waiting.getLast().hasBegun()) {
        greediest = share;
        most = share.waiting.size();
      }
    }
    if (greediest == null) {
      return null;
    }
    Work work = greediest.waiting.getLast();
    remove(work);
    return work;
  }

  /** Whether somebody else waits who has not had more than who has a turn. */
  boolean isAnothersTurn(Object caller) {
    return !ready.isEmpty()
        && !ready.first().caller.equals(caller)
        && ready.first().had <= shares.get(caller).had;
  }

  /** How much waits. */
  int waiting() {
    return waiting;
  }

  /** How much of a caller waits. */
  int waiting(Object caller) {
    Share share = shares.get(caller);
    return share == null ? 0 : share.waiting.size();
  }

  /** Whether a caller has more waiting than its part among those who have work here. */
  boolean isAboveShare(Object caller) {
    return shares.size() > 1 && (long) waiting(caller) * shares.size() > waiting;
  }

  /**
   * How long a caller's next work would wait: for what it has waiting itself, in its part of the
   * threads' time.
   */
  long waitNanos(Object caller, int threads) {
    Share share = shares.get(caller);
    return share == null ? 0 : share.waiting.size() * share.meanNanos * shares.size() / threads;
  }

  /** Forgets everything that waits. */
  void clear() {
    shares.clear();
    ready.clear();
    waiting = 0;
  }

  private void charge(Share share, long nanos) {
    share.turns--;
    share.had += nanos - turnNanos;
  }

  /** Its place among the others may change now. */
  private void leave(Share share) {
    if (!share.waiting.isEmpty()) {
      ready.remove(share);
    }
  }

  private void join(Share share) {
    if (!share.waiting.isEmpty()) {
      share.order = orders++;
      ready.add(share);
    } else if (share.turns == 0) {
      shares.remove(share.caller);
    }
  }
}
