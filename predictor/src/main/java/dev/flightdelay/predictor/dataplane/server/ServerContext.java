package dev.flightdelay.predictor.dataplane.server;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.admission.Gate;
import dev.flightdelay.predictor.dataplane.route.Routes;
import dev.flightdelay.predictor.dataplane.scoring.RequestMetrics;
import dev.flightdelay.predictor.dataplane.scoring.Scheduler;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a connection has of its server: what a client may ask, who may, what answers a path, who
 * scores, and the counts that all connections share.
 */
public final class ServerContext {

  private final DataPlaneLimits limits;
  private final Gate gate;
  private final RequestMetrics metrics;
  private final Scheduler scheduler;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong bufferedBodies = new AtomicLong();
  private volatile Routes routes;
  private volatile boolean draining;

  /**
   * @param routes what answers until there is a model
   */
  public ServerContext(
      DataPlaneLimits limits,
      Gate gate,
      RequestMetrics metrics,
      Scheduler scheduler,
      Routes routes) {
    this.limits = limits;
    this.gate = gate;
    this.metrics = metrics;
    this.scheduler = scheduler;
    this.routes = routes;
  }

  public DataPlaneLimits limits() {
    return limits;
  }

  public Gate gate() {
    return gate;
  }

  public RequestMetrics metrics() {
    return metrics;
  }

  public Scheduler scheduler() {
    return scheduler;
  }

  public Routes routes() {
    return routes;
  }

  /** Answers with these from the next request of each connection on. */
  public void serve(Routes newRoutes) {
    routes = newRoutes;
  }

  public boolean draining() {
    return draining;
  }

  /** From now on every answer is its connection's last. */
  public void drain() {
    draining = true;
  }

  /** The bytes of bodies that all connections hold. */
  public AtomicLong bufferedBodies() {
    return bufferedBodies;
  }

  /** The connections that there are. */
  public int connections() {
    return connections.get();
  }

  public void connected() {
    connections.incrementAndGet();
  }

  public void disconnected() {
    connections.decrementAndGet();
  }
}
