package dev.flightdelay.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What was written and is not as it was written: an admission policy changes it. Written once more,
 * it would be changed once more. A dry run, which stores nothing, shows what the write would come
 * to, and with the policy gone also that it is worth it.
 */
final class MutatedWrites {

  /** More than ten thousand models have: one that is forgotten is written again at each look. */
  private static final int OBJECTS = 100_000;

  /** What differs from one write of the same to the next. */
  private static final List<String> BY_WRITE =
      List.of("resourceVersion", "generation", "managedFields");

  private final Map<String, String> written =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > OBJECTS;
        }
      };

  /** Notes that this is written, and which object it was written to. */
  synchronized void note(HasMetadata desired, HasMetadata stored) {
    desired.getMetadata().setUid(stored.getMetadata().getUid());
    written.put(key(desired), fingerprint(desired));
  }

  private synchronized boolean wasWritten(HasMetadata desired) {
    return Objects.equals(written.get(key(desired)), fingerprint(desired));
  }

  /** Whether writing it again would leave the object as it is. */
  boolean isWrittenInVain(HasMetadata desired, HasMetadata actual, KubernetesClient client) {
    return wasWritten(desired)
        && Optional.ofNullable(
                client
                    .resource(desired)
                    .dryRun()
                    .fieldManager(Naming.FIELD_MANAGER)
                    .forceConflicts()
                    .serverSideApply())
            .filter(would -> content(would).equals(content(actual)))
            .isPresent();
  }

  /** Notes the hostnames that a route has although they have just been taken away. */
  synchronized void noteHostnames(HTTPRoute route) {
    written.put(hostnamesOf(route), String.join(",", route.getSpec().getHostnames()));
  }

  /** Whether taking a route's hostnames away would leave it as it is. */
  synchronized boolean comeBack(HTTPRoute route) {
    return String.join(",", route.getSpec().getHostnames()).equals(written.get(hostnamesOf(route)));
  }

  private static String hostnamesOf(HTTPRoute route) {
    return key(route) + "/" + route.getMetadata().getUid() + "/hostnames";
  }

  /** What somebody may have asked for of an object. */
  private static JsonNode content(HasMetadata object) {
    ObjectNode content = Serialization.unmarshal(Serialization.asJson(object), ObjectNode.class);
    content.remove("status");
    ((ObjectNode) content.get("metadata")).remove(BY_WRITE);
    return content;
  }

  private static String key(HasMetadata object) {
    return String.join(
        "/", object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  private static String fingerprint(HasMetadata desired) {
    return Integer.toHexString(Serialization.asJson(desired).hashCode());
  }
}
