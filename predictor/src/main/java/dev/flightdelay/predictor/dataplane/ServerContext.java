package dev.flightdelay.predictor.dataplane;

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
final class ServerContext {

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
  ServerContext(
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

  DataPlaneLimits limits() {
    return limits;
  }

  Gate gate() {
    return gate;
  }

  RequestMetrics metrics() {
    return metrics;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Routes routes() {
    return routes;
  }

  /** Answers with these from the next request of each connection on. */
  void serve(Routes newRoutes) {
    routes = newRoutes;
  }

  boolean draining() {
    return draining;
  }

  /** From now on every answer is its connection's last. */
  void drain() {
    draining = true;
  }

  /** The bytes of bodies that all connections hold. */
  AtomicLong bufferedBodies() {
    return bufferedBodies;
  }

  /** The connections that there are. */
  int connections() {
    return connections.get();
  }

  void connected() {
    connections.incrementAndGet();
  }

  void disconnected() {
    connections.decrementAndGet();
  }
}
