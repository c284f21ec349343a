package dev.flightdelay.operator.namespaces;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of namespaces that are not served, as events in the operator's own namespace: one that is
 * gone has no place for them. Of several replicas the one that leads tells.
 */
public final class NamespaceEvents {

  private static final Logger log = LoggerFactory.getLogger(NamespaceEvents.class);
  private static final int MAX_MESSAGE = 1024;

  private final KubernetesClient client;
  private final String namespace;
  private final String pod;
  private final BooleanSupplier leads;
  private final InstantSource clock;

  /**
   * Events.
   *
   * @param namespace the operator's own
   * @param pod the operator's own, which they are about
   */
  public NamespaceEvents(
      KubernetesClient client,
      String namespace,
      String pod,
      BooleanSupplier leads,
      InstantSource clock) {
    this.client = requireNonNull(client);
    this.namespace = requireNonNull(namespace);
    this.pod = requireNonNull(pod);
    this.leads = requireNonNull(leads);
    this.clock = requireNonNull(clock);
  }

  void notServed(String watched, String why) {
    write(
        "Warning",
        "NamespaceNotServed",
        "the models of namespace %s are not looked after: it is gone, or the operator's Role in it is missing: %s; make the namespace and apply the chart again, or take it from watch.namespaces"
            .formatted(watched, why));
  }

  void served(String watched) {
    write(
        "Normal",
        "NamespaceServed",
        "the models of namespace %s are looked after".formatted(watched));
  }

  private void write(String type, String reason, String message) {
    if (!leads.getAsBoolean()) {
      return;
    }
    try {
      client.resource(event(type, reason, message)).create();
    } catch (KubernetesClientException e) {
      log.atWarn()
          .addKeyValue("reason", reason)
          .addKeyValue("error", e.getMessage())
          .log("event not written");
    }
  }

  private Event event(String type, String reason, String message) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    // spotless:off
    return new EventBuilder()
        .withNewMetadata()
          .withNamespace(namespace)
          .withGenerateName("flight-delay-operator.")
        .endMetadata()
        .withNewInvolvedObject()
          .withApiVersion("v1")
          .withKind("Pod")
          .withNamespace(namespace)
          .withName(pod)
        .endInvolvedObject()
        .withType(type)
        .withReason(reason)
        .withMessage(message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE))
        .withNewSource()
          .withComponent("flight-delay-operator")
        .endSource()
        .withReportingComponent("flight-delay-operator")
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .build();
    // spotless:on
  }
}
