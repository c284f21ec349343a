package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.child.ChildKind;
import dev.flightdelay.operator.child.Children;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.namespaces.NamespaceReader;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** What is watched: only what carries our label. */
final class Informers {

  /** What is read at once of a list; of all pods, their text alone may be more than the heap. */
  static final long PAGE = 500;

  static final String OURS = Naming.MANAGED_BY_LABEL + "=" + Naming.MANAGED_BY;

  private static final Set<Class<?>> ROUTES = Set.of(Ingress.class, HTTPRoute.class);

  /** What every cluster has besides the children of versions. */
  private static final List<Class<? extends HasMetadata>> OTHERS =
      List.of(Ingress.class, Pod.class);

  private final List<Watched<?>> watched = new CopyOnWriteArrayList<>();
  private volatile Optional<Set<String>> only = Optional.empty();
  private final AtomicBoolean httpRoutes = new AtomicBoolean();
  private volatile List<ChildKind<?>> children = List.of();

  /**
   * A kind that is watched.
   *
   * @param kind by which the API server is asked for it
   */
  record Watched<R extends HasMetadata>(
      InformerEventSource<R, FlightDelayModel> cache, ResourceDefinitionContext kind) {}

  /** What is watched by now. */
  List<Watched<?>> watched() {
    return List.copyOf(watched);
  }

  /** Not the namespaces of the start any more, but these. */
  void readsOnly(Set<String> namespaces) {
    only = Optional.of(Set.copyOf(namespaces));
  }

  /** All informers of the kinds that this cluster has. */
  List<EventSource<?, FlightDelayModel>> all(EventSourceContext<FlightDelayModel> context) {
    // Of a start that failed, there are informers that never ran.
    watched.clear();
    httpRoutes.set(false);
    only = Optional.empty();
    List<EventSource<?, FlightDelayModel>> informers = new ArrayList<>();
    children = Children.KINDS.stream().filter(kind -> isKnown(kind, context.getClient())).toList();
    children.forEach(kind -> informers.add(informer(kind, context)));
    OTHERS.forEach(type -> informers.add(informer(type, context)));
    if (context.getClient().supports(HTTPRoute.class)) {
      httpRoutes.set(true);
      informers.add(informer(HTTPRoute.class, context));
    }
    return informers;
  }

  private static boolean isKnown(ChildKind<?> kind, KubernetesClient client) {
    ResourceDefinitionContext resource = kind.resource();
    return kind.everywhere()
        || client.supports(resource.getGroup() + "/" + resource.getVersion(), resource.getKind());
  }

  /** What is watched besides models, of the kinds that a cluster has. */
  static List<NamespaceReader.Watched<?>> kinds(KubernetesClient client) {
    List<NamespaceReader.Watched<?>> kinds = new ArrayList<>();
    Children.KINDS.stream()
        .filter(ChildKind::everywhere)
        .forEach(kind -> kinds.add(kind(kind.type(), client)));
    OTHERS.forEach(type -> kinds.add(kind(type, client)));
    if (client.supports(HTTPRoute.class)) {
      kinds.add(kind(HTTPRoute.class, client));
    }
    return kinds;
  }

  private static <R extends HasMetadata> NamespaceReader.Watched<R> kind(
      Class<R> type, KubernetesClient client) {
    return new NamespaceReader.Watched<>(type, client.resources(type));
  }

  /**
   * The Ingresses and HTTPRoutes with a model's labels; whether they are its own is not looked at.
   */
  Stream<HasMetadata> routesOf(FlightDelayModel model) {
    return watched.stream()
        .map(Watched::cache)
        .filter(cache -> ROUTES.contains(cache.resourceType()))
        .flatMap(cache -> cache.getSecondaryResources(model).stream());
  }

  /** The kinds of children that this cluster knows. */
  List<ChildKind<?>> children() {
    return children;
  }

  /**
   * Whether HTTPRoutes are watched; the Gateway API may be installed after the operator started.
   */
  boolean watchesHttpRoutes(Context<FlightDelayModel> context, boolean wanted) {
    if (!httpRoutes.get()
        && wanted
        && context.getClient().supports(HTTPRoute.class)
        && httpRoutes.compareAndSet(false, true)) {
      InformerEventSource<HTTPRoute, FlightDelayModel> routes =
          informer(
              HTTPRoute.class,
              context.eventSourceRetriever().eventSourceContextForDynamicRegistration());
      context.eventSourceRetriever().dynamicallyRegisterEventSource(routes);
      // It starts with the namespaces of the operator's own start.
      only.ifPresent(routes::changeNamespaces);
    }
    return httpRoutes.get();
  }

  private EventSource<?, FlightDelayModel> informer(
      ChildKind<?> kind, EventSourceContext<FlightDelayModel> context) {
    ResourceDefinitionContext resource = kind.resource();
    return kind.type() == GenericKubernetesResource.class
        ? register(
            InformerEventSourceConfiguration.from(
                new GroupVersionKind(
                    resource.getGroup(), resource.getVersion(), resource.getKind()),
                FlightDelayModel.class),
            resource,
            context)
        : informer(kind.type(), context);
  }

  private <R extends HasMetadata> InformerEventSource<R, FlightDelayModel> informer(
      Class<R> type, EventSourceContext<FlightDelayModel> context) {
    return register(
        InformerEventSourceConfiguration.from(type, FlightDelayModel.class),
        ResourceDefinitionContext.fromResourceType(type),
        context);
  }

  private <R extends HasMetadata> InformerEventSource<R, FlightDelayModel> register(
      InformerEventSourceConfiguration.Builder<R> configuration,
      ResourceDefinitionContext kind,
      EventSourceContext<FlightDelayModel> context) {
    InformerEventSource<R, FlightDelayModel> informer =
        new InformerEventSource<>(
            configuration
                .withName(kind.getKind())
                .withLabelSelector(OURS)
                .withInformerListLimit(PAGE)
                .withNamespacesInheritedFromController()
                .withSecondaryToPrimaryMapper(Informers::modelOf)
                .build(),
            context);
    watched.add(new Watched<>(informer, kind));
    return informer;
  }

  /** By label, because Pods belong to ReplicaSets; who owns what is checked where it matters. */
  private static Set<ResourceID> modelOf(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    String model = labels == null ? null : labels.get(Naming.MODEL_LABEL);
    return model == null
        ? Set.of()
        : Set.of(new ResourceID(model, object.getMetadata().getNamespace()));
  }

  /** The informer that watches objects of a kind. */
  @SuppressWarnings("unchecked")
  static <R extends HasMetadata> InformerEventSource<R, FlightDelayModel> of(
      R object, Context<FlightDelayModel> context) {
    return (InformerEventSource<R, FlightDelayModel>)
        (object instanceof GenericKubernetesResource
            ? context
                .eventSourceRetriever()
                .getEventSourceFor(GenericKubernetesResource.class, object.getKind())
            : context.eventSourceRetriever().getEventSourceFor(object.getClass()));
  }
}
