package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A pod and its process. Used by the runner's thread only. */
final class LocalPod {

  /** A run of the container that ended. */
  record Ended(int exitCode, String message, Instant startedAt, Instant finishedAt) {}

  final Pod pod;
  final String templateHash;
  final Path folder;
  final int ordinal;

  Optional<String> address = Optional.empty();
  Optional<Process> process = Optional.empty();
  Optional<Ended> ended = Optional.empty();

  /** Why it is not started: the reason and message of a waiting container. */
  String waitingReason = "ContainerCreating";

  String waitingMessage = "";
  Instant startedAt = Instant.EPOCH;

  /** Not started, or started again, before this. */
  Instant startAfter = Instant.EPOCH;

  Instant nextProbe = Instant.EPOCH;
  Instant readySince = Instant.EPOCH;
  Instant unreadySince = Instant.now();
  boolean probing;
  int failedProbes;
  final Instant createdAt = Instant.now();
  int restarts;
  boolean ready;
  boolean stopping;
  long logStart;

  LocalPod(Pod pod, String templateHash, Path folder, int ordinal) {
    this.pod = pod;
    this.templateHash = templateHash;
    this.folder = folder;
    this.ordinal = ordinal;
  }

  String name() {
    return pod.getMetadata().getName();
  }

  String namespace() {
    return pod.getMetadata().getNamespace();
  }

  /** Its one container: the operator makes no others. */
  Container container() {
    return pod.getSpec().getContainers().getFirst();
  }

  Path log() {
    return folder.resolve("log");
  }

  boolean isRunning() {
    return process.isPresent();
  }

  void started(Process started) {
    process = Optional.of(started);
    startedAt = Instant.now();
    nextProbe = Instant.EPOCH;
    failedProbes = 0;
  }

  void ended(int exitCode, String message, Instant now) {
    ended = Optional.of(new Ended(exitCode, message, startedAt, now));
    process = Optional.empty();
    ready(false);
  }

  void ready(boolean now) {
    if (now && !ready) {
      readySince = Instant.now();
    } else if (!now && ready) {
      unreadySince = Instant.now();
    }
    ready = now;
  }
}
