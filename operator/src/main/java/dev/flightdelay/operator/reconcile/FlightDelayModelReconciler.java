package dev.flightdelay.operator.reconcile;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.lanes.Lanes;
import dev.flightdelay.operator.leader.Leadership;
import dev.flightdelay.operator.namespaces.NamespaceReader;
import dev.flightdelay.operator.namespaces.NamespaceWatch;
import dev.flightdelay.operator.namespaces.WatchedNamespaces;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.ServedAnswer.Unreachable;
import dev.flightdelay.operator.plan.Plan;
import dev.flightdelay.operator.plan.PlanSettings;
import dev.flightdelay.operator.plan.Planner;
import dev.flightdelay.operator.plan.Refusal;
import dev.flightdelay.operator.status.StatusEvents;
import dev.flightdelay.operator.status.StatusReport;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Observe, plan, apply; then observe again what was written, and say so in the status. */
@ControllerConfiguration(
    name = "flightdelaymodel",
    // Commands are annotations, which are no new generation.
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = ModelChanges.class, informerListLimit = Informers.PAGE),
    fieldManager = Naming.FIELD_MANAGER)
public final class FlightDelayModelReconciler
    implements Reconciler<FlightDelayModel>, NamespaceWatch.Informers {

  /** A name or host that is taken gets free without an event that would reach the model. */
  private static final Duration LOOK_AGAIN_AT_CONFLICT = Duration.ofSeconds(30);

  /** Warnings about a pod are asked for, and not watched. */
  private static final Duration LOOK_AGAIN_AT_STARTING_POD = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN_AT_SILENT_POD = Duration.ofSeconds(35);

  private final PlanSettings settings;
  private final InstantSource clock;
  private final Leadership leadership;
  private final WatchedNamespaces namespaces;
  private final Informers informers = new Informers();
  private final ServedModels servedModels;
  private final Observer observer;
  private final EventRecorder events;
  private final FollowUp followUp = new FollowUp();
  private final MutatedWrites mutated = new MutatedWrites();
  private final TerminatingNamespaces terminating = new TerminatingNamespaces();
  private final Resync resync;
  private volatile IndexerResourceCache<FlightDelayModel> models;
  private volatile SimpleInboundEventSource<FlightDelayModel> turn;
  private volatile Consumer<Set<String>> changeNamespaces = _ -> {};
  private volatile Lanes lanes;
  private volatile boolean started;
  private volatile boolean stopping;

  /**
   * A reconciler.
   *
   * @param resync after how long a model is looked at although nothing happened
   * @param executor on whose threads pods are asked what they serve
   */
  public FlightDelayModelReconciler(
      PlanSettings settings,
      Duration resync,
      KubernetesClient client,
      HttpClient http,
      Executor executor,
      InstantSource clock,
      Leadership leadership,
      WatchedNamespaces namespaces) {
    this.settings = requireNonNull(settings);
    this.clock = requireNonNull(clock);
    this.leadership = requireNonNull(leadership);
    this.namespaces = requireNonNull(namespaces);
    this.resync =
        new Resync(
            resync, () -> models().count(), clock, () -> ThreadLocalRandom.current().nextDouble());
    this.servedModels = new ServedModels(new ModelInfoClient(http), executor, clock);
    this.observer =
        new Observer(
            informers,
            servedModels,
            new PodWarnings(),
            new IngressClasses(settings.ingressDefaultClass(), client, clock));
    this.events = new EventRecorder(client, clock);
  }

  @Override
  public List<EventSource<?, FlightDelayModel>> prepareEventSources(
      EventSourceContext<FlightDelayModel> context) {
    models = context.getPrimaryCache();
    models.addIndexers(Map.of(HostClaim.INDEX, HostClaim::of));
    List<EventSource<?, FlightDelayModel>> sources = informers.all(context);
    sources.add(servedModels);
    turn = new SimpleInboundEventSource<>("turn");
    sources.add(turn);
    return sources;
  }

  /** What is watched besides models, of the kinds that a cluster has. */
  public static List<NamespaceReader.Watched<?>> kinds(KubernetesClient client) {
    return Informers.kinds(client);
  }

  /** Its caches are filled from now on. */
  public void started() {
    started = true;
    lanes.started();
  }

  @Override
  public void known() {
    List<ResourceID> all = models().map(ResourceID::fromResource).toList();
    lanes.backlog(all);
    all.forEach(turn::propagateEvent);
  }

  /** The threads on which models are handed to it. */
  public void runsIn(Lanes lanes) {
    this.lanes = requireNonNull(lanes);
  }

  /** How its informers are told which namespaces to read. */
  public void namespacesBy(Consumer<Set<String>> informers) {
    changeNamespaces = requireNonNull(informers);
  }

  @Override
  public void read(Set<String> open) {
    changeNamespaces.accept(open);
    informers.readsOnly(open);
  }

  /** From now on, what goes wrong does so because the operator is going. */
  public void stopping() {
    stopping = true;
  }

  boolean isStarted() {
    return started;
  }

  List<Informers.Watched<?>> watched() {
    return informers.watched();
  }

  /** The models as they are cached; none before the start. */
  Stream<FlightDelayModel> models() {
    return started ? models.list(_ -> true) : Stream.of();
  }

  /** A model as it is cached; none before the start. */
  Optional<FlightDelayModel> model(ResourceID id) {
    return started ? models.get(id) : Optional.empty();
  }

  @Override
  public UpdateControl<FlightDelayModel> reconcile(
      FlightDelayModel model, Context<FlightDelayModel> context) {
    if (!isItsTurn(model)) {
      return UpdateControl.<FlightDelayModel>noUpdate().rescheduleAfter(resync.next());
    }
    Instant now = clock.instant();
    Optional<Duration> pause = terminating.pause(model.getMetadata(), now);
    if (pause.isPresent()) {
      return UpdateControl.<FlightDelayModel>noUpdate().rescheduleAfter(pause.get());
    }
    Observed before = observer.observe(model, context);
    Plan plan = Planner.plan(model, before, settings, now);
    Applier.Applied applied = Applier.apply(plan, Naming.of(model), context, mutated);
    Map<String, Refusal> conflicts = applied.conflicts();
    Observed after = applied.wrote() ? observer.observe(model, context) : before;
    FlightDelayModelStatus status = StatusReport.of(model, after, plan, conflicts, now);
    boolean unchanged = status.equals(model.getStatus());
    UpdateControl<FlightDelayModel> control =
        unchanged ? UpdateControl.noUpdate() : UpdateControl.patchStatus(statusOnly(model, status));
    if (model.getMetadata().getDeletionTimestamp() == null) {
      events.record(model, StatusEvents.between(model.getStatus(), status));
    }
    Optional<Duration> again =
        followUp.after(ResourceID.fromResource(model), applied.wrote() || !unchanged);
    return control.rescheduleAfter(
        Stream.of(nextLook(plan, conflicts, after, now), again.stream(), Stream.of(resync.next()))
            .flatMap(pauses -> pauses)
            .min(Duration::compareTo)
            .orElseThrow());
  }

  private Optional<String> youngestIn(String namespace) {
    return models()
        .map(FlightDelayModel::getMetadata)
        .filter(model -> namespace.equals(model.getNamespace()))
        .map(ObjectMeta::getCreationTimestamp)
        .max(Comparator.naturalOrder());
  }

  /** Whether this replica leads, and everything that belongs to the model is known to it. */
  private boolean isItsTurn(FlightDelayModel model) {
    return leadership.leads() && namespaces.isOpen(model.getMetadata().getNamespace());
  }

  private static Stream<Duration> nextLook(
      Plan plan, Map<String, Refusal> conflicts, Observed observed, Instant now) {
    boolean conflict = !conflicts.isEmpty() || plan.exposeRefusal().isPresent();
    boolean starting =
        observed.pods().values().stream()
            .flatMap(List::stream)
            .anyMatch(PodWarnings::waitsForContainer);
    boolean silent = observed.served().values().stream().anyMatch(Unreachable.class::isInstance);
    return Stream.of(
            plan.next(now),
            Optional.of(LOOK_AGAIN_AT_CONFLICT).filter(_ -> conflict),
            Optional.of(LOOK_AGAIN_AT_STARTING_POD).filter(_ -> starting),
            Optional.of(LOOK_AGAIN_AT_SILENT_POD).filter(_ -> silent))
        .flatMap(Optional::stream);
  }

  /** A fresh object: what is read from the cache would be sent along otherwise. */
  private static FlightDelayModel statusOnly(
      FlightDelayModel model, FlightDelayModelStatus status) {
    FlightDelayModel patch = new FlightDelayModel();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(model.getMetadata().getNamespace())
            .withName(model.getMetadata().getName())
            .withUid(model.getMetadata().getUid())
            .build());
    patch.setStatus(status);
    return patch;
  }

  @Override
  public ErrorStatusUpdateControl<FlightDelayModel> updateErrorStatus(
      FlightDelayModel model, Context<FlightDelayModel> context, Exception error) {
    if (stopping || !isItsTurn(model)) {
      // The caches go first, or the lease; what fails for want of them says nothing of the model.
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    if (ErrorReport.isGone(model, error)) {
      return ErrorStatusUpdateControl.<FlightDelayModel>noStatusUpdate().withNoRetry();
    }
    String namespace = model.getMetadata().getNamespace();
    if (terminating.noted(
        model.getMetadata(), error, () -> youngestIn(namespace), clock.instant())) {
      // It goes with its namespace: there is nothing to tell, and no place for it.
      return ErrorStatusUpdateControl.<FlightDelayModel>noStatusUpdate()
          .rescheduleAfter(TerminatingNamespaces.FIRST);
    }
    ErrorReport.log(model, error);
    FlightDelayModelStatus status = ErrorReport.of(model, error, clock.instant());
    if (status.equals(model.getStatus())) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    events.record(model, ErrorReport.events(model.getStatus(), status));
    return ErrorStatusUpdateControl.patchStatus(statusOnly(model, status));
  }
}
