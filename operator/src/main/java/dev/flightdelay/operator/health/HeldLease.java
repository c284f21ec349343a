package dev.flightdelay.operator.health;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease that replicas agree by, given back by a replica that stops: the next one need not wait
 * until it expires. The operator SDK leaves it held when it is stopped.
 */
public final class HeldLease {

  private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

  private final KubernetesClient client;
  private final Resource<Lease> lease;
  private final String identity;

  public HeldLease(KubernetesClient client, String namespace, String name) {
    this.client = client;
    this.lease = client.leases().inNamespace(namespace).withName(name);
    this.identity = System.getenv().getOrDefault("HOSTNAME", "operator") + "_" + UUID.randomUUID();
  }

  /** By which this replica takes part in the election; no two processes have the same. */
  public String identity() {
    return identity;
  }

  /** To be called when nothing is reconciled any more; does nothing where another one holds it. */
  public void release() {
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
