package dev.flightdelay.operator.reconcile;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The class of an Ingress that names none: as the installation says, or else as the API server
 * chooses it, where IngressClasses may be read. Where neither, it is not known.
 */
final class IngressClasses {

  /** Classes change rarely; how stale what is known of them may be. */
  private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

  private static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";

  private record Known(Optional<String> name, Instant until) {}

  private final Optional<String> setting;
  private final KubernetesClient client;
  private final InstantSource clock;
  private volatile Known known = new Known(Optional.empty(), Instant.MIN);

  IngressClasses(Optional<String> setting, KubernetesClient client, InstantSource clock) {
    this.setting = requireNonNull(setting);
    this.client = requireNonNull(client);
    this.clock = requireNonNull(clock);
  }

  Optional<String> defaultClass() {
    if (setting.isPresent()) {
      return setting;
    }
    Instant now = clock.instant();
    Known last = known;
    if (now.isBefore(last.until())) {
      return last.name();
    }
    Optional<String> name = mayRead() ? read() : Optional.empty();
    known = new Known(name, now.plus(KNOWN_FOR));
    return name;
  }

  /** Of several, the API server takes the newest, and of these the first by name. */
  private Optional<String> read() {
    return client.network().v1().ingressClasses().list().getItems().stream()
        .filter(IngressClasses::isDefault)
        .max(
            Comparator.comparing(
                    (IngressClass each) ->
                        Optional.ofNullable(each.getMetadata().getCreationTimestamp()).orElse(""))
                .thenComparing(each -> each.getMetadata().getName(), Comparator.reverseOrder()))
        .map(each -> each.getMetadata().getName());
  }

  private static boolean isDefault(HasMetadata ingressClass) {
    Map<String, String> annotations = ingressClass.getMetadata().getAnnotations();
    return annotations != null && "true".equals(annotations.get(DEFAULT));
  }

  /** Asked before: a Role of a namespace gives no right to what is the cluster's. */
  private boolean mayRead() {
    // spotless:off
    SelfSubjectAccessReview answer = client.authorization().v1().selfSubjectAccessReview()
        .create(new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
              .withNewResourceAttributes()
                .withGroup("networking.k8s.io")
                .withResource("ingressclasses")
                .withVerb("list")
              .endResourceAttributes()
            .endSpec()
            .build());
    // spotless:on
    return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }
}
