package dev.flightdelay.operator.exploration;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the operator is going to do though nothing happens, because its time comes. */
final class Deadlines {
  /** A look is a moment late, and what it writes takes another. */
  private static final Duration DONE = Duration.ofSeconds(3);

  /** How long shares stand before they rise further; see docs/moving-traffic.md. */
  private static final Duration RISE = Duration.ofSeconds(60);

  /** How long an Ingress is given whose class shows no address. */
  private static final Duration WITHOUT_ADDRESS = Duration.ofSeconds(30);

  private Deadlines() {}

  /** What is to come before the end of a rest that would begin now. */
  static List<String> within(Duration rest, Snapshot cluster) {
    Instant now = Instant.now();
    return Stream.of(
            cluster.deployments().stream()
                .flatMap(each -> at(each, "flightdelay.dev/drain-until", "", Duration.ZERO)),
            cluster.autoscalers().stream()
                .flatMap(each -> at(each, "flightdelay.dev/prescale-until", "", Duration.ZERO)),
            cluster.routes().stream()
                .flatMap(each -> at(each, "flightdelay.dev/rising", "since=", RISE)),
            changesOver(cluster))
        .flatMap(deadlines -> deadlines)
        .filter(deadline -> deadline.at.plus(DONE).isAfter(now))
        .filter(deadline -> deadline.at.isBefore(now.plus(rest).plus(DONE)))
        .map(Deadline::toString)
        .toList();
  }

  private record Deadline(String of, Instant at) {}

  private static Stream<Deadline> at(
      HasMetadata object, String annotation, String before, Duration after) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(annotation))
        .map(text -> text.substring(text.indexOf(before) + before.length()))
        .map(text -> new Deadline(name(object) + " " + annotation, Instant.parse(text).plus(after)))
        .stream();
  }

  /** A second Ingress of a model, whose class shows no address. */
  private static Stream<Deadline> changesOver(Snapshot cluster) {
    return cluster.routes().stream()
        .filter(Ingress.class::isInstance)
        .filter(
            route ->
                Surroundings.SILENT_CLASS.equals(((Ingress) route).getSpec().getIngressClassName()))
        .map(
            route ->
                new Deadline(
                    name(route) + " without an address",
                    Instant.parse(route.getMetadata().getCreationTimestamp())
                        .plus(WITHOUT_ADDRESS)));
  }

  private static String name(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }
}
