package dev.flightdelay.operator.exploration;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The API server's objects of a namespace. */
record Snapshot(
    List<FlightDelayModel> models,
    List<Deployment> deployments,
    List<HorizontalPodAutoscaler> autoscalers,
    List<HasMetadata> others,
    List<HasMetadata> routes,
    List<Pod> pods) {
  private static final String MODEL = "app.kubernetes.io/instance";
  private static final String VERSION = "app.kubernetes.io/version";

  static Snapshot of(OperatorEnvironment environment) {
    return new Snapshot(
        environment.list(FlightDelayModel.class),
        environment.list(Deployment.class),
        environment.list(HorizontalPodAutoscaler.class),
        Stream.of(Service.class, PodDisruptionBudget.class, NetworkPolicy.class)
            .<HasMetadata>flatMap(kind -> environment.list(kind).stream())
            .toList(),
        Stream.of(HTTPRoute.class, Ingress.class)
            .<HasMetadata>flatMap(kind -> environment.list(kind).stream())
            .toList(),
        environment.list(Pod.class));
  }

  private static boolean controls(FlightDelayModel model, HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> model.getMetadata().getUid().equals(owner.getUid()));
  }

  Optional<Deployment> deployment(FlightDelayModel model, String version) {
    String name = model.getMetadata().getName() + "-" + version;
    return deployments.stream()
        .filter(deployment -> deployment.getMetadata().getName().equals(name))
        .filter(deployment -> controls(model, deployment))
        .findFirst();
  }

  /** The versions that have any object, in the order of their names. */
  List<String> versions(FlightDelayModel model) {
    return Stream.<List<? extends HasMetadata>>of(deployments, autoscalers, others)
        .flatMap(List::stream)
        .filter(object -> controls(model, object))
        // By name: somebody may have changed the label.
        .map(HasMetadata::getMetadata)
        .map(object -> object.getName().substring(model.getMetadata().getName().length() + 1))
        .distinct()
        .sorted()
        .toList();
  }

  List<Route> routes(FlightDelayModel model) {
    return routes.stream()
        .filter(route -> controls(model, route))
        .map(route -> Route.of(route, model.getMetadata().getName()))
        .toList();
  }

  List<Pod> pods(FlightDelayModel model, String version) {
    return pods.stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(
            pod -> {
              Map<String, String> labels = pod.getMetadata().getLabels();
              return model.getMetadata().getName().equals(labels.get(MODEL))
                  && version.equals(labels.get(VERSION));
            })
        .toList();
  }
}
