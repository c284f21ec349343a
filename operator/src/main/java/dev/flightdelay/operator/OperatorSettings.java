package dev.flightdelay.operator;

import static java.util.Objects.requireNonNullElse;

import dev.flightdelay.operator.child.ChildSettings;
import dev.flightdelay.operator.leader.LeaseTimes;
import dev.flightdelay.operator.plan.AllowedNodes;
import dev.flightdelay.operator.plan.PlanSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything that can be set, checked once at the start: {@code operator.predictor-image} is the
 * environment variable OPERATOR_PREDICTOR_IMAGE.
 *
 * @param namespace where the operator itself runs
 * @param namespaces whose models it serves; none named: its own namespace; {@code *}: all
 * @param predictorImage the image of pods whose model names none
 * @param allowedImages images that models may name; one that ends in * stands for all that begin so
 * @param allowedServiceAccounts ServiceAccounts that models may name
 * @param allowedTolerations taints that models may tolerate: a key, or key=value; one that ends in
 *     * stands for all that begin so
 * @param allowedNodeSelectors labels, written so, that models may select nodes by
 * @param ingressDefaultClass the class of an Ingress that names none, where IngressClasses may not
 *     be read; empty: any
 * @param modelAllowedHosts hosts and CIDRs from which models may be fetched although they are
 *     private addresses, separated by commas
 * @param scraperNamespaces from where metrics of the predictors are scraped
 * @param leaderElection whether replicas agree on one that works
 * @param lease how long the one that works may go on without the others' seeing it
 * @param resync after how long a model is looked at although nothing happened; at most 5 minutes
 */
@ConfigurationProperties("operator")
public record OperatorSettings(
    @DefaultValue("default") String namespace,
    List<String> namespaces,
    String predictorImage,
    List<String> allowedImages,
    List<String> allowedServiceAccounts,
    List<String> allowedTolerations,
    List<String> allowedNodeSelectors,
    @DefaultValue("") String ingressDefaultClass,
    @DefaultValue("") String modelAllowedHosts,
    List<String> scraperNamespaces,
    @DefaultValue("true") boolean leaderElection,
    @DefaultValue LeaseTimes lease,
    @DefaultValue("5m") Duration resync) {

  /** What replicas agree by on the one that works. */
  public static final String LEASE = "flight-delay-operator";

  private static final Duration MAX_RESYNC = Duration.ofMinutes(5);

  public OperatorSettings {
    if (predictorImage == null || predictorImage.isBlank()) {
      throw new IllegalArgumentException(
          "operator.predictor-image (OPERATOR_PREDICTOR_IMAGE) must name the predictor's image");
    }
    if (resync.isNegative() || resync.isZero() || resync.compareTo(MAX_RESYNC) > 0) {
      throw new IllegalArgumentException(
          "operator.resync (OPERATOR_RESYNC) is %s; set it to more than 0 and at most 5m"
              .formatted(resync));
    }
    namespaces =
        namespaces == null || namespaces.isEmpty() ? List.of(namespace) : List.copyOf(namespaces);
    allowedImages = List.copyOf(requireNonNullElse(allowedImages, List.of()));
    allowedServiceAccounts = List.copyOf(requireNonNullElse(allowedServiceAccounts, List.of()));
    allowedTolerations = List.copyOf(requireNonNullElse(allowedTolerations, List.of()));
    allowedNodeSelectors = List.copyOf(requireNonNullElse(allowedNodeSelectors, List.of()));
    scraperNamespaces = List.copyOf(requireNonNullElse(scraperNamespaces, List.of()));
  }

  boolean allNamespaces() {
    return namespaces.contains("*");
  }

  PlanSettings planSettings() {
    return new PlanSettings(
        new ChildSettings(predictorImage, modelAllowedHosts, namespace, scraperNamespaces),
        allowedImages,
        allowedServiceAccounts,
        new AllowedNodes(allowedTolerations, allowedNodeSelectors),
        Optional.of(ingressDefaultClass).filter(name -> !name.isBlank()));
  }
}
