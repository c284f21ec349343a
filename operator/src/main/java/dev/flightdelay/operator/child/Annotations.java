package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the operator remembers on the objects themselves, so that a restarted one goes on. */
public final class Annotations {

  /** On a Deployment: the SHA-256 of the model that it was made for. */
  public static final String MODEL_SHA256 = FlightDelayModel.GROUP + "/model-sha256";

  /** On a Deployment: when its version was ready for the first time. */
  public static final String READY_SINCE = FlightDelayModel.GROUP + "/ready-since";

  /** On a Deployment of a version that was removed: when it is deleted. */
  public static final String DRAIN_UNTIL = FlightDelayModel.GROUP + "/drain-until";

  /** On an autoscaler: the pods that the version must have before its share of traffic rises. */
  public static final String PRESCALE = FlightDelayModel.GROUP + "/prescale";

  /** On an autoscaler whose version has its new share: when minReplicas goes back. */
  public static final String PRESCALE_UNTIL = FlightDelayModel.GROUP + "/prescale-until";

  /** On a route: the versions that have been ready, which a lost Deployment does not undo. */
  public static final String READY_VERSIONS = FlightDelayModel.GROUP + "/ready-versions";

  /** On a route: the traffic before a version was waited for, such as {@code v1=90,v2=10}. */
  public static final String SERVED_BEFORE = FlightDelayModel.GROUP + "/served-before";

  private Annotations() {}

  /** An annotation's text. */
  public static Optional<String> text(HasMetadata object, String name) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(name));
  }

  /** An annotation's point in time; one that somebody broke counts as none. */
  public static Optional<Instant> instant(HasMetadata object, String name) {
    return text(object, name)
        .flatMap(
            text -> {
              try {
                return Optional.of(Instant.parse(text));
              } catch (DateTimeException e) {
                return Optional.empty();
              }
            });
  }

  /** An annotation's percentages; what somebody broke of it counts as none. */
  public static Map<String, Integer> percentages(HasMetadata object, String name) {
    Map<String, Integer> percentages = new TreeMap<>();
    for (String part : text(object, name).orElse("").split(",")) {
      if (part.matches("[a-z0-9]{1,20}=\\d{1,3}")) {
        int equals = part.indexOf('=');
        percentages.put(part.substring(0, equals), Integer.valueOf(part.substring(equals + 1)));
      }
    }
    return percentages;
  }

  /** An annotation's number; one that somebody broke counts as none. */
  public static Optional<Integer> number(HasMetadata object, String name) {
    return text(object, name).filter(text -> text.matches("\\d{1,6}")).map(Integer::valueOf);
  }
}
