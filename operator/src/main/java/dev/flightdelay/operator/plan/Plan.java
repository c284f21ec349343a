package dev.flightdelay.operator.plan;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.rollout.Rollout;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to do for a model now, in this order.
 *
 * @param apply objects as they should be, each version's before the route that leads to them
 * @param drain Deployments of versions without traffic, to be marked with the time of their end
 * @param resume Deployments whose mark goes, because their version is listed again
 * @param delete objects that should not be
 * @param refused versions that are not made, by name
 * @param refusal why nothing is written at all
 * @param exposeRefusal why there is no route
 * @param routes from which way in to which
 */
public record Plan(
    List<HasMetadata> apply,
    Map<Deployment, Instant> drain,
    List<Deployment> resume,
    List<HasMetadata> delete,
    Rollout rollout,
    Map<String, Refusal> refused,
    Optional<Refusal> refusal,
    Optional<Refusal> exposeRefusal,
    ChangeOver routes) {

  /** When to look again, if nothing happens before. */
  public Optional<Duration> next(Instant now) {
    return Stream.concat(
            rollout.next().stream(),
            routes.next().stream().map(time -> Duration.between(now, time).plusMillis(50)))
        .min(Duration::compareTo);
  }

  public Plan {
    apply = List.copyOf(apply);
    drain = Map.copyOf(drain);
    resume = List.copyOf(resume);
    delete = List.copyOf(delete);
    requireNonNull(rollout);
    refused = Map.copyOf(refused);
    requireNonNull(refusal);
    requireNonNull(exposeRefusal);
    requireNonNull(routes);
  }
}
