package dev.flightdelay.operator.health;

import dev.flightdelay.operator.OperatorSettings;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease that replicas agree by, given back by a replica that stops: the next one need not wait
 * until it expires. The operator SDK leaves it held when it is stopped.
 */
public final class HeldLease {

  private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

  /** An API server that does not answer must not keep a replica from stopping. */
  private static final Duration AT_MOST = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final Resource<Lease> lease;
  private final boolean elected;
  private final String identity;

  public HeldLease(OperatorSettings settings, KubernetesClient client) {
    this.client = client;
    this.elected = settings.leaderElection();
    this.lease = client.leases().inNamespace(settings.namespace()).withName(OperatorSettings.LEASE);
    String pod = System.getenv("HOSTNAME");
    this.identity = pod == null || pod.isBlank() ? UUID.randomUUID().toString() : pod;
  }

  /**
   * By which this replica takes part in the election: its pod's name, so that people see who leads,
   * and that a container that is started again in its pod goes on at once.
   */
  public String identity() {
    return identity;
  }

  /**
   * Returns after some seconds at most. To be called when nothing is reconciled any more; does
   * nothing where another replica holds it.
   */
  public void release() throws InterruptedException {
    if (elected && !Thread.ofVirtual().start(this::giveBack).join(AT_MOST)) {
      log.warn(
          "the lease was not given back in time; another replica takes it when it has expired");
    }
  }

  private void giveBack() {
    try {
      Lease held = lease.get();
      if (held == null
          || held.getSpec() == null
          || !identity.equals(held.getSpec().getHolderIdentity())) {
        return;
      }
      // Of this very version of it: whoever took it meanwhile keeps it.
      held.getSpec().setHolderIdentity("");
      client.resource(held).update();
    } catch (KubernetesClientException notReached) {
      log.atWarn()
          .setCause(notReached)
          .log("the lease was not given back; another replica takes it when it has expired");
    }
  }
}
