package dev.flightdelay.predictor.metrics;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Mechanism;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Who asked, and what came of it. A label's values are few: beyond the first callers of a mechanism
 * all others are "other", and so are all addresses.
 */
final class MeteredCallers {

  static final int MAX_CALLERS = 100;
  private static final String OTHER = "other";
  private static final int STATUSES = 600;

  private final MeterRegistry registry;
  private final Map<Mechanism, ConcurrentMap<String, AtomicReferenceArray<Counter>>> callers =
      new ConcurrentHashMap<>();

  MeteredCallers(MeterRegistry registry) {
    this.registry = registry;
  }

  void called(Caller caller, int status) {
    AtomicReferenceArray<Counter> counters = counters(caller);
    Counter counter = counters.get(status);
    if (counter == null) {
      // Registering the same one twice gives the same one.
      counter = counter(caller.mechanism(), label(caller), status);
      counters.set(status, counter);
    }
    counter.increment();
  }

  private AtomicReferenceArray<Counter> counters(Caller caller) {
    var known = of(caller.mechanism());
    AtomicReferenceArray<Counter> counters = known.get(caller.name());
    if (counters == null) {
      counters =
          known.computeIfAbsent(label(caller), label -> new AtomicReferenceArray<>(STATUSES));
    }
    return counters;
  }

  private ConcurrentMap<String, AtomicReferenceArray<Counter>> of(Mechanism mechanism) {
    var known = callers.get(mechanism);
    return known != null
        ? known
        : callers.computeIfAbsent(mechanism, _ -> new ConcurrentHashMap<>());
  }

  private String label(Caller caller) {
    var known = of(caller.mechanism());
    boolean named =
        caller.mechanism() != Mechanism.ADDRESS
            && (known.containsKey(caller.name()) || known.size() < MAX_CALLERS);
    return named ? caller.name() : OTHER;
  }

  private Counter counter(Mechanism mechanism, String label, int status) {
    return Counter.builder("predictor.caller.requests")
        .description("Requests of known callers")
        .tags("caller", label, "mechanism", mechanism.label(), "status", Integer.toString(status))
        .register(registry);
  }
}
