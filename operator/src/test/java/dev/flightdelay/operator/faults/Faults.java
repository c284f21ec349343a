package dev.flightdelay.operator.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The faults that are to happen now. */
final class Faults {
  private record Freeze(Predicate<ApiCall> watches, CountDownLatch thawed) {}

  private record WriteRule(Writes writes, WriteFault fault, AtomicInteger count) {}

  private final List<Freeze> freezes = new CopyOnWriteArrayList<>();
  private final List<Predicate<WatchEvent>> drops = new CopyOnWriteArrayList<>();
  private final List<WriteRule> writeRules = new CopyOnWriteArrayList<>();
  private volatile Optional<String> staleRevision = Optional.empty();
  private volatile String missingGroup = "";
  private volatile Duration delay = Duration.ZERO;

  Fault freeze(Predicate<ApiCall> watches) {
    Freeze freeze = new Freeze(watches, new CountDownLatch(1));
    freezes.add(freeze);
    return () -> {
      freezes.remove(freeze);
      freeze.thawed.countDown();
    };
  }

  Fault drop(Predicate<WatchEvent> events) {
    drops.add(events);
    return () -> drops.remove(events);
  }

  Fault fail(Writes writes, WriteFault fault) {
    WriteRule rule = new WriteRule(writes, fault, new AtomicInteger());
    writeRules.add(rule);
    return () -> writeRules.remove(rule);
  }

  Fault stale(String resourceVersion) {
    staleRevision = Optional.of(resourceVersion);
    Fault freeze = freeze(watch -> true);
    return () -> {
      staleRevision = Optional.empty();
      freeze.close();
    };
  }

  Fault without(String group) {
    missingGroup = group;
    return () -> missingGroup = "";
  }

  /** The API group that is as if it were not installed; empty for none. */
  String missingGroup() {
    return missingGroup;
  }

  Fault slow(Duration wanted) {
    delay = wanted;
    return () -> delay = Duration.ZERO;
  }

  /** How long a request is on its way to the API server. */
  Duration delay() {
    return delay;
  }

  Optional<String> staleRevision() {
    return staleRevision;
  }

  /** Waits as long as this watch is frozen. */
  void awaitThaw(ApiCall watch) throws InterruptedException {
    for (Optional<Freeze> freeze = freezing(watch); freeze.isPresent(); freeze = freezing(watch)) {
      freeze.get().thawed.await();
    }
  }

  private Optional<Freeze> freezing(ApiCall watch) {
    return freezes.stream().filter(freeze -> freeze.watches.test(watch)).findFirst();
  }

  boolean drops(WatchEvent event) {
    return drops.stream().anyMatch(drop -> drop.test(event));
  }

  /** Counts the write with every rule, and gives the first fault that is meant for it. */
  Optional<WriteFault> of(ApiCall write) {
    Optional<WriteFault> first = Optional.empty();
    for (WriteRule rule : writeRules) {
      if (rule.writes.matching().test(write)
          && rule.writes.includes(rule.count.incrementAndGet())
          && first.isEmpty()) {
        first = Optional.of(rule.fault);
      }
    }
    return first;
  }
}
