package dev.flightdelay.operator.namespaces;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.namespaces.Reading.Closed;
import dev.flightdelay.operator.namespaces.Reading.NoAnswer;
import dev.flightdelay.operator.namespaces.Reading.NoCustomResource;
import dev.flightdelay.operator.namespaces.Reading.Open;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Tries to read a namespace as the informers will. An answer of an API server that says of itself
 * that it is not ready counts as none: while it starts, it knows neither custom resources nor
 * roles.
 */
public final class NamespaceReader {

  /** For all namespaces at once. */
  public static final String ALL = "*";

  private static final ListOptions ONE = new ListOptionsBuilder().withLimit(1L).build();
  private static final int NOT_FOUND = 404;

  /** Who is told this may not read; whether it may is for the API server to say alone. */
  private static final Set<Integer> REFUSED = Set.of(401, 403);

  private final KubernetesClient client;
  private final Function<KubernetesClient, List<Watched<?>>> kinds;

  /**
   * A kind that is watched.
   *
   * @param operation how the API server is asked for it
   */
  public record Watched<R extends HasMetadata>(
      Class<R> type, MixedOperation<R, ? extends KubernetesResourceList<R>, ?> operation) {}

  /**
   * A reader.
   *
   * @param kinds what is watched besides models, of the kinds that this cluster has
   */
  public NamespaceReader(
      KubernetesClient client, Function<KubernetesClient, List<Watched<?>>> kinds) {
    this.client = requireNonNull(client);
    this.kinds = requireNonNull(kinds);
  }

  /** Everything that is watched. */
  public Reading readAll(String namespace) {
    return ifAnswered(
        () -> {
          listOne(client.resources(FlightDelayModel.class), namespace);
          mayWatch(FlightDelayModel.class, namespace);
          for (Watched<?> kind : kinds.apply(client)) {
            listOne(kind.operation(), namespace);
            mayWatch(kind.type(), namespace);
          }
        });
  }

  /** Models only: what is asked every now and then. */
  public Reading readModels(String namespace) {
    return ifAnswered(() -> listOne(client.resources(FlightDelayModel.class), namespace));
  }

  private Reading ifAnswered(Runnable attempt) {
    try {
      attempt.run();
      return new Open();
    } catch (KubernetesClientException e) {
      if (!REFUSED.contains(e.getCode()) && e.getCode() != NOT_FOUND) {
        return new NoAnswer(message(e));
      }
      if (!isReady()) {
        return new NoAnswer("it is not ready, and answers: " + message(e));
      }
      return e.getCode() == NOT_FOUND ? new NoCustomResource() : new Closed(message(e));
    }
  }

  /** An API server that refuses even that answer has all its roles. */
  private boolean isReady() {
    try {
      client.raw("/readyz");
      return true;
    } catch (KubernetesClientException e) {
      return REFUSED.contains(e.getCode()) || e.getCode() == NOT_FOUND;
    }
  }

  private static <R extends HasMetadata> void listOne(
      MixedOperation<R, ? extends KubernetesResourceList<R>, ?> operation, String namespace) {
    FilterWatchListDeletable<R, ? extends KubernetesResourceList<R>, ?> of =
        namespace.equals(ALL) ? operation.inAnyNamespace() : operation.inNamespace(namespace);
    of.list(ONE);
  }

  /** A list may be tried, a watch only asked for: it would go on. */
  private void mayWatch(Class<? extends HasMetadata> type, String namespace) {
    // spotless:off
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
              .withNewResourceAttributes()
                .withGroup(HasMetadata.getGroup(type))
                .withResource(HasMetadata.getPlural(type))
                .withVerb("watch")
                .withNamespace(namespace.equals(ALL) ? null : namespace)
              .endResourceAttributes()
            .endSpec()
            .build();
    // spotless:on
    SelfSubjectAccessReview answer;
    try {
      answer = client.resource(review).create();
    } catch (KubernetesClientException e) {
      if (REFUSED.contains(e.getCode()) || e.getCode() == NOT_FOUND) {
        // Who may not even ask finds out by watching.
        return;
      }
      throw e;
    }
    if (answer != null
        && answer.getStatus() != null
        && Boolean.FALSE.equals(answer.getStatus().getAllowed())) {
      Status forbidden = new Status();
      forbidden.setCode(403);
      forbidden.setMessage(
          "cannot watch resource \"%s\" in API group \"%s\"%s"
              .formatted(
                  HasMetadata.getPlural(type),
                  HasMetadata.getGroup(type),
                  namespace.equals(ALL) ? "" : " in the namespace \"" + namespace + "\""));
      throw new KubernetesClientException(forbidden);
    }
  }

  private static String message(KubernetesClientException e) {
    if (e.getStatus() != null && e.getStatus().getMessage() != null) {
      return e.getStatus().getMessage();
    }
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
