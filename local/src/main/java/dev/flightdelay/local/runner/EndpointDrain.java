package dev.flightdelay.local.runner;

import java.util.concurrent.CompletableFuture;

/** Whoever sends requests to pods: the proxy. */
public interface EndpointDrain {

  /** Sends nothing more to an address; complete once what it was sent is answered. */
  CompletableFuture<Void> drain(String address);

  /** Forgets that an address was drained: another pod may have it. */
  void admit(String address);
}
