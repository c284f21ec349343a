package dev.flightdelay.local.proxy;

import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The pods' addresses: in turn, without those that drain, and what each has still to answer. */
final class Endpoints {

  private final Map<SocketAddress, Integer> inFlight = new HashMap<>();
  private final Set<String> draining = new HashSet<>();
  private final Map<String, CompletableFuture<Void>> drained = new HashMap<>();
  private int turn;

  /** The next of these that does not drain; it has a request more to answer from now on. */
  synchronized Optional<SocketAddress> choose(
      List<SocketAddress> ready, List<SocketAddress> except) {
    turn = (turn + 1) & Integer.MAX_VALUE;
    for (int i = 0; i < ready.size(); i++) {
      SocketAddress candidate = ready.get((turn + i) % ready.size());
      if (!draining.contains(candidate.host()) && !except.contains(candidate)) {
        inFlight.merge(candidate, 1, Integer::sum);
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** A request is answered, or will never be. */
  synchronized void done(SocketAddress address) {
    inFlight.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    completeDrain(address.host());
  }

  synchronized CompletableFuture<Void> drain(String host) {
    draining.add(host);
    CompletableFuture<Void> done = drained.computeIfAbsent(host, key -> new CompletableFuture<>());
    completeDrain(host);
    return done;
  }

  synchronized void admit(String host) {
    draining.remove(host);
    drained.remove(host);
  }

  private void completeDrain(String host) {
    if (draining.contains(host)
        && inFlight.keySet().stream().noneMatch(address -> address.host().equals(host))) {
      drained.get(host).complete(null);
    }
  }
}
