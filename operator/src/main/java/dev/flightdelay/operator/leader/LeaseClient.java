package dev.flightdelay.operator.leader;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The lease at the API server. Every change is of the version that was seen: whoever was faster has
 * it.
 */
public final class LeaseClient {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final String identity;
  private final LeaseTimes times;
  private final Clock clock;

  /**
   * A client.
   *
   * @param client each request of which is one try, and is given up in time for another
   * @param identity by which this replica takes part
   */
  public LeaseClient(
      KubernetesClient client, String namespace, String name, String identity, LeaseTimes times) {
    this.client = requireNonNull(client);
    this.namespace = requireNonNull(namespace);
    this.name = requireNonNull(name);
    this.identity = requireNonNull(identity);
    this.times = requireNonNull(times);
    this.clock = Clock.systemUTC();
  }

  String identity() {
    return identity;
  }

  /** Empty where there is none. */
  public Optional<Lease> read() {
    return Optional.ofNullable(client.leases().inNamespace(namespace).withName(name).get());
  }

  /**
   * Takes it, or renews it.
   *
   * @param seen as it was when it was seen last; empty where there was none
   * @return as it is now; empty where it has changed since it was seen
   */
  Optional<Lease> take(Optional<Lease> seen) {
    ZonedDateTime now = ZonedDateTime.now(clock).withZoneSameInstant(ZoneOffset.UTC);
    // The API's MicroTime has no more.
    ZonedDateTime renewed = now.truncatedTo(ChronoUnit.MICROS);
    boolean renewal =
        seen.filter(lease -> identity.equals(lease.getSpec().getHolderIdentity())).isPresent();
    LeaseBuilder lease = seen.map(LeaseBuilder::new).orElseGet(LeaseBuilder::new);
    int transitions =
        seen.map(Lease::getSpec).map(spec -> spec.getLeaseTransitions()).orElse(renewal ? 0 : -1);
    // spotless:off
    Lease mine = lease
        .editOrNewMetadata()
          .withNamespace(namespace)
          .withName(name)
          .withManagedFields()
        .endMetadata()
        .editOrNewSpec()
          .withHolderIdentity(identity)
          .withLeaseDurationSeconds(Math.toIntExact(times.duration().toSeconds()))
          .withRenewTime(renewed)
        .endSpec()
        .build();
    // spotless:on
    if (!renewal) {
      mine.getSpec().setAcquireTime(renewed);
      mine.getSpec().setLeaseTransitions(transitions + 1);
    }
    try {
      return Optional.of(
          seen.isPresent() ? client.resource(mine).update() : client.resource(mine).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() == CONFLICT || e.getCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Gives it back, unless it has changed: whoever took it meanwhile keeps it. */
  void giveBack(Lease held) {
    Lease nobodys =
        new LeaseBuilder(held)
            .editMetadata()
            .withManagedFields()
            .endMetadata()
            .editSpec()
            .withHolderIdentity("")
            .endSpec()
            .build();
    client.resource(nobodys).update();
  }
}
