package dev.flightdelay.operator.exploration;

import dev.flightdelay.operator.cluster.PodBehaviour;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What becomes of the pods that are to serve a file, which the start of its SHA-256 tells. */
enum FileKind {
  GOOD("600d", PodBehaviour.serves()),
  SLOW("510", PodBehaviour.servesAfter(Duration.ofSeconds(2))),
  BROKEN("bad", new PodBehaviour.FailsToLoad("the pickle ends at byte 12")),
  ENDLESS("e4d", new PodBehaviour.NeverReady()),
  MISTAKEN("0dd", PodBehaviour.servesAnother("f".repeat(64)));

  private final String start;
  private final PodBehaviour behaviour;

  FileKind(String start, PodBehaviour behaviour) {
    this.start = start;
    this.behaviour = behaviour;
  }

  PodBehaviour behaviour() {
    return behaviour;
  }

  /** The SHA-256 of one of the files of this kind. */
  String sha256(int number) {
    return start + "0".repeat(60 - start.length()) + "%04x".formatted(number);
  }

  static FileKind of(String sha256) {
    return Arrays.stream(values())
        .filter(kind -> sha256.startsWith(kind.start))
        .findFirst()
        .orElseThrow();
  }

  /** Whether a version of such a file becomes ready. */
  boolean serves() {
    return this == GOOD || this == SLOW;
  }

  boolean isServedBy(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> sha256(container).stream())
        .anyMatch(sha256 -> sha256.startsWith(start));
  }

  /** The file that a container is told to serve. */
  static Optional<String> sha256(Container container) {
    return container.getEnv().stream()
        .filter(variable -> variable.getName().equals("MODEL_SHA256"))
        .map(variable -> variable.getValue())
        .findFirst();
  }
}
