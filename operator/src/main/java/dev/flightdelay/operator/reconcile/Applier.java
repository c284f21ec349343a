package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.child.Annotations;
import dev.flightdelay.operator.child.Entrance;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.RouteMemory;
import dev.flightdelay.operator.plan.Plan;
import dev.flightdelay.operator.plan.Refusal;
import dev.flightdelay.operator.plan.Refusal.Reason;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a plan out: server-side apply of what is not as it should be, and deletion of what should
 * not be. Nothing that another owner controls is touched.
 */
final class Applier {

  private static final Logger log = LoggerFactory.getLogger(Applier.class);

  /** Where conflicts stand that are not about one version, but about the route. */
  private static final String ROUTE = "";

  /** Not found, conflict, too many requests: the next try may be lucky. */
  private static final Set<Integer> AGAIN = Set.of(404, 409, 429);

  private static final int NOT_FOUND = 404;

  private final Plan plan;
  private final Naming naming;
  private final Context<FlightDelayModel> context;
  private final KubernetesClient client;
  private final MutatedWrites mutated;
  private boolean wrote;

  private Applier(
      Plan plan, Naming naming, Context<FlightDelayModel> context, MutatedWrites mutated) {
    this.plan = plan;
    this.naming = naming;
    this.context = context;
    this.client = context.getClient();
    this.mutated = mutated;
  }

  /**
   * What came of a plan.
   *
   * @param conflicts that were met, by version; the route's under ""
   * @param wrote whether anything was changed
   */
  record Applied(Map<String, Refusal> conflicts, boolean wrote) {}

  /** Carries a plan out. */
  static Applied apply(
      Plan plan, Naming naming, Context<FlightDelayModel> context, MutatedWrites mutated) {
    Applier applier = new Applier(plan, naming, context, mutated);
    Map<String, Refusal> conflicts = applier.apply();
    return new Applied(conflicts, applier.wrote);
  }

  private Map<String, Refusal> apply() {
    Map<HasMetadata, Optional<HasMetadata>> current = new LinkedHashMap<>();
    Map<String, Refusal> conflicts = new LinkedHashMap<>();
    Set<HasMetadata> going = new LinkedHashSet<>();
    for (HasMetadata desired : plan.apply()) {
      Optional<HasMetadata> actual = current(desired);
      current.put(desired, actual);
      actual
          .filter(object -> Ownership.isAnothers(object, naming))
          .ifPresent(object -> conflicts.putIfAbsent(part(desired), conflict(object)));
      actual
          .filter(object -> object.getMetadata().getDeletionTimestamp() != null)
          .ifPresent(_ -> going.add(desired));
    }
    if (Stream.of(
                current.values().stream().flatMap(Optional::stream),
                plan.drain().keySet().stream(),
                plan.delete().stream())
            .flatMap(touched -> touched)
            .anyMatch(object -> Ownership.lostItsOwner(object, naming))
        && modelIsGoing()) {
      return conflicts;
    }
    current.forEach(
        (desired, actual) -> {
          // A version with a name that is taken is left alone as a whole: its autoscaler would
          // scale somebody else's pods.
          if (!conflicts.containsKey(part(desired)) && !going.contains(desired)) {
            attempt(desired, conflicts, () -> write(desired, actual));
          }
        });
    if (conflicts.containsKey(ROUTE)) {
      // What still gets traffic must not go.
      return conflicts;
    }
    for (Deployment deployment : plan.resume()) {
      attempt(deployment, conflicts, () -> mark(deployment, "null"));
    }
    plan.drain()
        .forEach(
            (deployment, until) ->
                attempt(deployment, conflicts, () -> mark(deployment, "\"" + until + "\"")));
    for (HasMetadata object : plan.delete()) {
      attempt(object, conflicts, () -> delete(object));
    }
    return conflicts;
  }

  /** What the API server refuses for good is one part's matter; the others go on. */
  private void attempt(
      HasMetadata object, Map<String, Refusal> conflicts, BooleanSupplier operation) {
    try {
      wrote |= operation.getAsBoolean();
    } catch (KubernetesClientException e) {
      if (e.getCode() < 400
          || e.getCode() > 499
          || AGAIN.contains(e.getCode())
          || TerminatingNamespaces.says(e)) {
        throw e;
      }
      conflicts.putIfAbsent(part(object), refusal(object, e));
    }
  }

  private static Refusal refusal(HasMetadata object, KubernetesClientException e) {
    String why = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
    return MissingPermission.is(e)
        ? new Refusal(
            Reason.Forbidden,
            "the operator's role lacks a permission (apply its chart again): " + why)
        : new Refusal(
            Reason.Rejected,
            "the API server does not take the %s %s: %s; change what it refuses, or have it allowed: it is tried again"
                .formatted(object.getKind(), object.getMetadata().getName(), why));
  }

  private static String part(HasMetadata desired) {
    return Naming.versionOf(desired).orElse(ROUTE);
  }

  /**
   * From the cache, or if it is not there from the API server: an object of our name without our
   * label is not in the cache, and an apply would take it over.
   */
  private Optional<HasMetadata> current(HasMetadata desired) {
    Optional<HasMetadata> cached =
        Informers.of(desired, context).get(ResourceID.fromResource(desired)).map(object -> object);
    return cached.isPresent() ? cached : Optional.ofNullable(client.resource(desired).get());
  }

  /**
   * Asked of the API server, as Kubernetes' own controllers do before they adopt anything: whoever
   * deletes a model and leaves its children as orphans has their owner taken away, which may be
   * seen here before the deletion is. Given the owner back, they would be collected with it; and
   * what was to go is to stay.
   */
  private boolean modelIsGoing() {
    ObjectMeta model = context.getPrimaryResource().getMetadata();
    return client
        .resources(FlightDelayModel.class)
        .inNamespace(model.getNamespace())
        .withField("metadata.name", model.getName())
        .list()
        .getItems()
        .stream()
        .map(HasMetadata::getMetadata)
        .noneMatch(
            now -> now.getUid().equals(model.getUid()) && now.getDeletionTimestamp() == null);
  }

  private Refusal conflict(HasMetadata object) {
    String name = object.getKind() + " " + object.getMetadata().getName();
    if (!naming.predecessorControls(object)) {
      return new Refusal(
          Reason.NameConflict,
          name + " is there already and does not belong to this model; delete or rename it");
    }
    List<String> finalizers = object.getMetadata().getFinalizers();
    return new Refusal(
        Reason.PredecessorRemains,
        name
            + " is left of the deleted model of this name, and goes by itself; "
            + (finalizers.isEmpty()
                ? "if it is still there in a minute, delete it"
                : "it is held by the finalizers %s: have whoever set them finish and take them off"
                    .formatted(String.join(", ", finalizers))));
  }

  /** Whether there was anything to write. */
  private boolean write(HasMetadata desired, Optional<HasMetadata> actual) {
    if (actual.isPresent() && narrowed(desired, actual.get())) {
      // Ours are no hostnames: applying them takes nobody's away.
      HasMetadata widened =
          client
              .resource(actual.get())
              .patch(
                  PatchContext.of(PatchType.JSON_MERGE),
                  """
                  {"metadata": {"uid": "%s"}, "spec": {"hostnames": null}}
                  """
                      .formatted(actual.get().getMetadata().getUid()));
      mutated.noteHostnames((HTTPRoute) widened);
      return true;
    }
    if (actual.isPresent() && forgets(desired, actual.get())) {
      return true;
    }
    if (actual.isPresent() && matches(actual.get(), desired)) {
      return false;
    }
    // If it has been deleted and made anew meanwhile, this must not be about the new one.
    desired.getMetadata().setUid(actual.map(object -> object.getMetadata().getUid()).orElse(null));
    if (actual.isPresent() && mutated.isWrittenInVain(desired, actual.get(), client)) {
      return false;
    }
    if (desired instanceof Deployment wanted
        && actual.isPresent()
        && actual.get() instanceof Deployment existing) {
      ReplicasHandover.before(existing, wanted, client);
    }
    log.atInfo()
        .addKeyValue("kind", desired.getKind())
        .addKeyValue("namespace", naming.namespace())
        .addKeyValue("name", desired.getMetadata().getName())
        .log(actual.isPresent() ? "updating" : "creating");
    HasMetadata stored =
        context.resourceOperations().serverSideApply(desired, Informers.of(desired, context));
    mutated.note(desired, stored);
    return true;
  }

  /**
   * Whether somebody gave hostnames to a route that was made for every host, who may not do so each
   * time that they are taken away. Hostnames that are ours go together with the rules for them.
   */
  private boolean narrowed(HasMetadata desired, HasMetadata actual) {
    return desired instanceof HTTPRoute wanted
        && actual instanceof HTTPRoute existing
        && existing.getSpec() != null
        && wanted.getSpec().getHostnames().isEmpty()
        && !existing.getSpec().getHostnames().isEmpty()
        && Entrance.of(existing).expose().host() == null
        && !mutated.comeBack(existing);
  }

  /**
   * Takes from a route what somebody else has noted there in the operator's name, and what an apply
   * without it leaves, as it is theirs: a later rollout would go by it.
   */
  private boolean forgets(HasMetadata desired, HasMetadata actual) {
    String foreign =
        RouteMemory.NAMES.stream()
            .filter(name -> Annotations.text(actual, name).isPresent())
            .filter(name -> Annotations.text(desired, name).isEmpty())
            .filter(name -> !FieldOwnership.appliedAnnotation(actual, name))
            .map("\"%s\": null"::formatted)
            .collect(Collectors.joining(", "));
    if (foreign.isEmpty()) {
      return false;
    }
    client
        .resource(actual)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"metadata": {"uid": "%s", "annotations": {%s}}}
            """
                .formatted(actual.getMetadata().getUid(), foreign));
    return true;
  }

  private boolean matches(HasMetadata actual, HasMetadata desired) {
    return SSABasedGenericKubernetesResourceMatcher.getInstance().matches(actual, desired, context);
  }

  private boolean mark(Deployment deployment, String until) {
    client
        .resource(deployment)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"metadata": {"uid": "%s", "annotations": {"%s": %s}}}
            """
                .formatted(deployment.getMetadata().getUid(), Annotations.DRAIN_UNTIL, until));
    return true;
  }

  private boolean delete(HasMetadata object) {
    log.atInfo()
        .addKeyValue("kind", object.getKind())
        .addKeyValue("namespace", naming.namespace())
        .addKeyValue("name", object.getMetadata().getName())
        .log("deleting");
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withPropagationPolicy("Background")
            .withNewPreconditions()
            .withUid(object.getMetadata().getUid())
            .endPreconditions()
            .build();
    try {
      client.raw(path(object), "DELETE", options);
    } catch (KubernetesClientException e) {
      // It is gone: by somebody else, or by a request whose answer was lost.
      if (e.getCode() != NOT_FOUND) {
        throw e;
      }
    }
    return true;
  }

  private static String path(HasMetadata object) {
    String group = object.getApiVersion().contains("/") ? "/apis/" : "/api/";
    return "%s%s/namespaces/%s/%s/%s"
        .formatted(
            group,
            object.getApiVersion(),
            object.getMetadata().getNamespace(),
            object.getPlural(),
            object.getMetadata().getName());
  }
}
