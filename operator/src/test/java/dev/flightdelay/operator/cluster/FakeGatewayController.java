package dev.flightdelay.operator.cluster;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Plays the controller of Gateways: they take each HTTPRoute of a namespace as it is now. */
public final class FakeGatewayController implements AutoCloseable {
  private static final String NAME = "example.com/gateways";

  private final ApiServer server;
  private final Predicate<ParentReference> which;
  private final SharedIndexInformer<HTTPRoute> routes;

  /**
   * @param which Gateways it is the controller of
   */
  public FakeGatewayController(
      ApiServer server, String namespace, Predicate<ParentReference> which) {
    this.server = server;
    this.which = which;
    routes =
        server
            .client()
            .resources(HTTPRoute.class)
            .inNamespace(namespace)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(HTTPRoute route) {
                    take(route);
                  }

                  @Override
                  public void onUpdate(HTTPRoute before, HTTPRoute route) {
                    if (!before
                        .getMetadata()
                        .getGeneration()
                        .equals(route.getMetadata().getGeneration())) {
                      take(route);
                    }
                  }

                  @Override
                  public void onDelete(HTTPRoute route, boolean stateUnknown) {}
                });
  }

  private void take(HTTPRoute route) {
    List<RouteParentStatus> parents =
        route.getSpec().getParentRefs().stream()
            .filter(which)
            .map(parent -> taken(parent, route.getMetadata().getGeneration()))
            .toList();
    // spotless:off
    HTTPRoute change = new HTTPRouteBuilder()
        .withNewMetadata()
            .withName(route.getMetadata().getName())
            // Of one that was made anew, its own event tells.
            .withUid(route.getMetadata().getUid())
        .endMetadata()
        .withNewStatus()
            .withParents(parents)
        .endStatus()
        .build();
    // spotless:on
    try {
      server
          .client()
          .resources(HTTPRoute.class)
          .inNamespace(route.getMetadata().getNamespace())
          .withName(route.getMetadata().getName())
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), change);
    } catch (KubernetesClientException e) {
      // Deleted meanwhile, or made anew.
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND
          && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  private static RouteParentStatus taken(ParentReference parent, Long generation) {
    // spotless:off
    return new RouteParentStatusBuilder()
        .withControllerName(NAME)
        .withParentRef(parent)
        .withConditions(Stream.of("Accepted", "ResolvedRefs")
            .map(type -> condition(type, generation))
            .toList())
        .build();
    // spotless:on
  }

  private static Condition condition(String type, Long generation) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withReason(type)
        .withMessage("")
        .withObservedGeneration(generation)
        .withLastTransitionTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
        .build();
  }

  @Override
  public void close() {
    routes.close();
  }
}
