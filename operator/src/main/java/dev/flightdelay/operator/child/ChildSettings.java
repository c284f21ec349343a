package dev.flightdelay.operator.child;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What the operator's installation says of every model's objects.
 *
 * @param predictorImage the image of pods whose model names none
 * @param modelAllowedHosts MODEL_ALLOWED_HOSTS of the predictors: hosts and CIDRs that may be
 *     private addresses; empty for none
 * @param operatorNamespace where the operator runs, which asks the pods what they serve
 * @param scraperNamespaces from where metrics are scraped
 */
public record ChildSettings(
    String predictorImage,
    String modelAllowedHosts,
    String operatorNamespace,
    List<String> scraperNamespaces) {

  public ChildSettings {
    requireNonNull(predictorImage);
    requireNonNull(modelAllowedHosts);
    requireNonNull(operatorNamespace);
    scraperNamespaces = List.copyOf(scraperNamespaces);
  }
}
