package dev.flightdelay.operator.reconcile;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.ServedAnswer.Unreachable;
import dev.flightdelay.operator.plan.Plan;
import dev.flightdelay.operator.plan.PlanSettings;
import dev.flightdelay.operator.plan.Planner;
import dev.flightdelay.operator.plan.Refusal;
import dev.flightdelay.operator.status.StatusReport;
import dev.flightdelay.operator.status.Story;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Observe, plan, apply; then observe again what was written, and say so in the status. */
@ControllerConfiguration(
    name = "flightdelaymodel",
    fieldManager = FlightDelayModelReconciler.FIELD_MANAGER)
public final class FlightDelayModelReconciler implements Reconciler<FlightDelayModel> {

  public static final String FIELD_MANAGER = "flight-delay-operator";

  /** A name or host that is taken gets free without an event that would reach the model. */
  private static final Duration LOOK_AGAIN_AT_CONFLICT = Duration.ofSeconds(30);

  /** Warnings about a pod are asked for, and not watched. */
  private static final Duration LOOK_AGAIN_AT_STARTING_POD = Duration.ofSeconds(5);

  private static final Duration LOOK_AGAIN_AT_SILENT_POD = Duration.ofSeconds(35);

  private final PlanSettings settings;
  private final InstantSource clock;
  private final Informers informers = new Informers();
  private final ServedModels servedModels;
  private final Observer observer;
  private final EventRecorder events;
  private final FollowUp followUp = new FollowUp();
  private volatile IndexerResourceCache<FlightDelayModel> models;
  private volatile boolean stopping;

  /** A reconciler; pods are asked what they serve on the executor's threads. */
  public FlightDelayModelReconciler(
      PlanSettings settings,
      KubernetesClient client,
      HttpClient http,
      Executor executor,
      InstantSource clock) {
    this.settings = requireNonNull(settings);
    this.clock = requireNonNull(clock);
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
    return sources;
  }

  /** From now on, what goes wrong does so because the operator is going. */
  public void stopping() {
    stopping = true;
  }

  boolean started() {
    return models != null;
  }

  List<Informers.Watched<?>> watched() {
    return informers.watched();
  }

  /** The models as they are cached; none before the start. */
  Stream<FlightDelayModel> models() {
    return models == null ? Stream.of() : models.list(_ -> true);
  }

  @Override
  public UpdateControl<FlightDelayModel> reconcile(
      FlightDelayModel model, Context<FlightDelayModel> context) {
    Instant now = clock.instant();
    Observed before = observer.observe(model, context);
    Plan plan = Planner.plan(model, before, settings, now);
    Applier.Applied applied = Applier.apply(plan, Naming.of(model), context);
    Map<String, Refusal> conflicts = applied.conflicts();
    Observed after = applied.wrote() ? observer.observe(model, context) : before;
    FlightDelayModelStatus status = StatusReport.of(model, after, plan, conflicts, now);
    boolean unchanged = status.equals(model.getStatus());
    UpdateControl<FlightDelayModel> control =
        unchanged ? UpdateControl.noUpdate() : UpdateControl.patchStatus(statusOnly(model, status));
    if (model.getMetadata().getDeletionTimestamp() == null) {
      events.record(model, Story.between(model.getStatus(), status));
    }
    Optional<Duration> again =
        followUp.after(ResourceID.fromResource(model), applied.wrote() || !unchanged);
    Stream.concat(nextLook(plan, conflicts, after), again.stream())
        .min(Duration::compareTo)
        .ifPresent(control::rescheduleAfter);
    return control;
  }

  private static Stream<Duration> nextLook(
      Plan plan, Map<String, Refusal> conflicts, Observed observed) {
    boolean conflict = !conflicts.isEmpty() || plan.exposeRefusal().isPresent();
    boolean starting =
        observed.pods().values().stream()
            .flatMap(List::stream)
            .anyMatch(PodWarnings::waitsForContainer);
    boolean silent = observed.served().values().stream().anyMatch(Unreachable.class::isInstance);
    return Stream.of(
            plan.rollout().next(),
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
    if (stopping) {
      // The caches go first; what fails for want of them says nothing of the model.
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    if (ErrorReport.isGone(model, error)) {
      return ErrorStatusUpdateControl.<FlightDelayModel>noStatusUpdate().withNoRetry();
    }
    ErrorReport.log(model, error);
    FlightDelayModelStatus status = ErrorReport.of(model, error, clock.instant());
    if (status.equals(model.getStatus())) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    events.record(model, ErrorReport.chapters(model.getStatus(), status));
    return ErrorStatusUpdateControl.patchStatus(statusOnly(model, status));
  }
}
