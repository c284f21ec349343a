package dev.flightdelay.operator.plan;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.child.ChildSettings;
import java.util.List;
import java.util.Optional;

/**
 * What the operator's installation says of all models.
 *
 * @param allowedImages images that a model may name; one that ends in * stands for all that begin
 *     so
 * @param allowedServiceAccounts ServiceAccounts that a model may name
 * @param allowedNodes the nodes that a model may choose
 * @param ingressDefaultClass the class of an Ingress that names none, where the installation says
 *     it
 */
public record PlanSettings(
    ChildSettings children,
    List<String> allowedImages,
    List<String> allowedServiceAccounts,
    AllowedNodes allowedNodes,
    Optional<String> ingressDefaultClass) {

  public PlanSettings {
    requireNonNull(children);
    allowedImages = List.copyOf(allowedImages);
    allowedServiceAccounts = List.copyOf(allowedServiceAccounts);
    requireNonNull(allowedNodes);
    requireNonNull(ingressDefaultClass);
  }

  boolean allowsImage(String image) {
    return image.equals(children.predictorImage())
        || allowedImages.stream()
            .anyMatch(
                allowed ->
                    allowed.endsWith("*")
                        ? image.startsWith(allowed.substring(0, allowed.length() - 1))
                        : image.equals(allowed));
  }
}
