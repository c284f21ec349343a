package dev.flightdelay.predictor.source;

/** Hears how a fetch goes on: on every attempt, every MiB, and before every pause. */
@FunctionalInterface
public interface FetchProgress {

  /** Called on the fetch's own threads, one at a time; returns at once. */
  void report(FetchState state);
}
