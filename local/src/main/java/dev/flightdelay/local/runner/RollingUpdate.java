package dev.flightdelay.local.runner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which pods of a Deployment start and stop next: at most one above the desired number, and never
 * fewer ready ones than desired for the update's sake.
 */
final class RollingUpdate {

  private static final int SURGE = 1;

  /**
   * A pod that is not stopping already.
   *
   * @param current whether it was made from the present template
   * @param age the smaller, the older
   */
  record Candidate<P>(P pod, boolean current, boolean ready, int age) {}

  record Step<P>(int start, List<P> stop) {}

  private RollingUpdate() {}

  static <P> Step<P> next(int desired, List<Candidate<P>> pods) {
    List<Candidate<P>> current = pods.stream().filter(Candidate::current).toList();
    List<Candidate<P>> old = pods.stream().filter(pod -> !pod.current()).toList();
    List<P> stop = new ArrayList<>();

    // Too many: first those that serve nobody, then the youngest.
    current.stream()
        .sorted(
            Comparator.comparing(Candidate<P>::ready)
                .thenComparing(Comparator.comparing(Candidate<P>::age).reversed()))
        .limit(Math.max(0, current.size() - desired))
        .forEach(pod -> stop.add(pod.pod()));

    long ready = pods.stream().filter(Candidate::ready).count();
    for (Candidate<P> pod : old) {
      if (!pod.ready()) {
        stop.add(pod.pod());
      } else if (ready > desired) {
        stop.add(pod.pod());
        ready--;
      }
    }

    int missing = desired - current.size();
    int room = old.isEmpty() ? missing : desired + SURGE - (pods.size() - stop.size());
    return new Step<>(Math.max(0, Math.min(missing, room)), List.copyOf(stop));
  }
}
