package dev.flightdelay.operator.lanes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceDeleteEvent;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which models are looked at, in lanes that do not wait for each other: who has just
 * applied a model does not wait for the thousands that a start has to look at. All lanes together
 * are as many looks as an API server answers in time; most of them are for who waits. Events of one
 * model that come while it waits are one look: with few lanes for them there is less to do.
 *
 * <p>The SDK tells its metrics which model it is about to hand over, on the same thread: by that
 * {@link #events()} the lanes know whose look they are given.
 */
public final class Lanes extends AbstractExecutorService {

  /** Why a model is looked at, most urgent first. */
  private enum Lane {
    /** It is new, or somebody changed it. */
    CHANGED(12),
    /** Something of it changed, or it is time. */
    EVENT(4),
    /** It was there when the operator began; nobody waits for it. */
    BACKLOG(4);

    private final int atOnce;

    Lane(int atOnce) {
      this.atOnce = atOnce;
    }
  }

  private final Map<Lane, ThreadPoolExecutor> pools = new EnumMap<>(Lane.class);
  private final Set<ResourceID> changed = ConcurrentHashMap.newKeySet();
  private final Set<ResourceID> known = ConcurrentHashMap.newKeySet();
  private final Map<ResourceID, Waiting> waiting = new ConcurrentHashMap<>();
  private final ThreadLocal<ResourceID> submitted = new ThreadLocal<>();
  private final Metrics events = new Events();
  private volatile boolean started;

  /** Lanes of an operator that starts: what it finds then is its backlog. */
  public Lanes() {
    for (Lane lane : Lane.values()) {
      pools.put(
          lane,
          new ThreadPoolExecutor(
              lane.atOnce,
              lane.atOnce,
              0,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              Thread.ofVirtual().factory()));
    }
  }

  /** What the SDK is to tell. */
  public Metrics events() {
    return events;
  }

  /** All that was there is known: from now on, an event is news. */
  public void started() {
    started = true;
  }

  /** The next look at each of these models is backlog, unless something happens to it. */
  public void backlog(Collection<ResourceID> models) {
    known.addAll(models);
  }

  @Override
  public void execute(Runnable look) {
    ResourceID model = submitted.get();
    submitted.remove();
    if (model == null) {
      pools.get(Lane.EVENT).execute(look);
      return;
    }
    queue(model, lane(model), look);
  }

  private void queue(ResourceID model, Lane lane, Runnable look) {
    Waiting entry = new Waiting(model, lane, look);
    waiting.put(model, entry);
    pools.get(lane).execute(entry);
  }

  /** A look that waits in a lane, and knows when it waits no longer. */
  private final class Waiting implements Runnable {

    private final ResourceID model;
    private final Lane lane;
    private final Runnable look;

    private Waiting(ResourceID model, Lane lane, Runnable look) {
      this.model = model;
      this.lane = lane;
      this.look = look;
    }

    @Override
    public void run() {
      // A model that was made anew meanwhile may have a later look waiting.
      waiting.remove(model, this);
      look.run();
    }
  }

  private Lane lane(ResourceID model) {
    boolean backlog = known.remove(model) || !started;
    if (changed.remove(model)) {
      return Lane.CHANGED;
    }
    return backlog ? Lane.BACKLOG : Lane.EVENT;
  }

  /** Something happened to a model: if its look waits in a later lane, it does so no longer. */
  private void happened(ResourceID model, boolean itself) {
    if (itself) {
      changed.add(model);
    }
    Waiting entry = waiting.get(model);
    boolean news = itself || !known.contains(model);
    Lane lane = itself ? Lane.CHANGED : Lane.EVENT;
    if (entry != null
        && news
        && lane.compareTo(entry.lane) < 0
        && !isShutdown()
        && pools.get(entry.lane).remove(entry)) {
      queue(model, lane, entry.look);
    }
  }

  private final class Events implements Metrics {

    @Override
    public void eventReceived(Event event, Map<String, Object> metadata) {
      if (started) {
        happened(
            event.getRelatedCustomResourceID(),
            event instanceof ResourceEvent && !(event instanceof ResourceDeleteEvent));
      }
    }

    @Override
    public void reconciliationSubmitted(
        HasMetadata model, RetryInfo retry, Map<String, Object> metadata) {
      submitted.set(ResourceID.fromResource(model));
    }

    @Override
    public void cleanupDone(ResourceID model, Map<String, Object> metadata) {
      changed.remove(model);
      known.remove(model);
    }
  }

  @Override
  public void shutdown() {
    pools.values().forEach(ThreadPoolExecutor::shutdown);
  }

  @Override
  public List<Runnable> shutdownNow() {
    return pools.values().stream().flatMap(pool -> pool.shutdownNow().stream()).toList();
  }

  @Override
  public boolean isShutdown() {
    return pools.values().stream().allMatch(ThreadPoolExecutor::isShutdown);
  }

  @Override
  public boolean isTerminated() {
    return pools.values().stream().allMatch(ThreadPoolExecutor::isTerminated);
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    for (ThreadPoolExecutor pool : pools.values()) {
      pool.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
    return isTerminated();
  }
}
