package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.rollout.EverReady;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the operator remembers on the objects themselves, so that a restarted one goes on. */
public final class Annotations {

  /** On a Deployment: the SHA-256 of the model that it was made for. */
  public static final String MODEL_SHA256 = FlightDelayModel.GROUP + "/model-sha256";

  /** On a Deployment: when its version was ready for the first time. */
  public static final String READY_SINCE = named(EverReady.SINCE);

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

  /**
   * On a route whose shares rise with the pods that are ready: what is gone by, such as {@code
   * pods=10,since=2026-11-30T07:00:00Z}.
   */
  public static final String RISING = FlightDelayModel.GROUP + "/rising";

  /** On a route: the spec.expose that it is made for, as JSON. */
  public static final String EXPOSE = FlightDelayModel.GROUP + "/expose";

  /** On an Ingress that was made for a class and now has none to be of: the default one. */
  public static final String DEFAULT_CLASS = FlightDelayModel.GROUP + "/default-class";

  /**
   * On a model, by a person: the version that gets its share with the pods that it has, as {@code
   * VERSION@SHA256}, of which the first eight digits do. Whatever follows a slash only makes it
   * another command.
   */
  public static final String PROMOTE = FlightDelayModel.GROUP + "/promote";

  /** On a Deployment: the command to promote its version that was carried out. */
  public static final String PROMOTED = FlightDelayModel.GROUP + "/promoted";

  private Annotations() {}

  /** An annotation of ours. */
  public static String named(String name) {
    return FlightDelayModel.GROUP + "/" + name;
  }

  /** An annotation's text. */
  public static Optional<String> text(HasMetadata object, String name) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(name));
  }

  /** An annotation's point in time; one that somebody broke counts as none. */
  public static Optional<Instant> instant(HasMetadata object, String name) {
    return text(object, name).flatMap(Annotations::instant);
  }

  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The command to promote a version's model, as it stands on the custom resource. */
  public static Optional<String> promotes(HasMetadata model, String version, String sha256) {
    return text(model, PROMOTE)
        .filter(
            command -> {
              String which = command.replaceAll("/.*", "");
              return which.length() >= version.length() + 9
                  && (version + "@" + sha256).startsWith(which);
            });
  }

  /** The command that promotes a version, to be shown to a person: another than stands there. */
  public static String promotion(HasMetadata model, String version, String sha256) {
    String command = version + "@" + sha256.substring(0, 8);
    return PROMOTE
        + "="
        + promotes(model, version, sha256)
            .map(stands -> stands.matches(".*/\\d{1,6}") ? stands.replaceAll(".*/", "") : "1")
            .map(times -> command + "/" + (Integer.parseInt(times) + 1))
            .orElse(command);
  }

  /** An annotation's number; one that somebody broke counts as none. */
  public static Optional<Integer> number(HasMetadata object, String name) {
    return text(object, name).filter(text -> text.matches("\\d{1,6}")).map(Integer::valueOf);
  }
}
