package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.PredictorTemplate;
import dev.flightdelay.operator.api.v1alpha1.SecretName;
import dev.flightdelay.operator.api.v1alpha1.TopologySpread;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.List;
import java.util.Map;

/** A predictor pod: it passes the Pod Security Standard "restricted", and goes further. */
public final class PredictorPod {

  /** The one container, which the autoscaler measures too. */
  public static final String CONTAINER = "predictor";

  public static final int HTTP_PORT = 8080;
  public static final int MANAGEMENT_PORT = 9090;

  static final String HTTP = "http";

  private static final long USER = 10001;
  private static final long PRE_STOP_SECONDS = 10;

  /** Longer than the pause before stopping and the predictor's own drain of 20 s together. */
  private static final long GRACE_SECONDS = 45;

  private PredictorPod() {}

  static PodTemplateSpec template(DesiredVersion version) {
    PredictorTemplate template = version.spec().predictor();
    PredictorVolumes volumes = PredictorVolumes.of(version.spec(), version.version());
    // spotless:off
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
          .withLabels(version.labels())
        .endMetadata()
        .withNewSpec()
          .withServiceAccountName(serviceAccountName(template))
          .withAutomountServiceAccountToken(false)
          .withEnableServiceLinks(false)
          .withTerminationGracePeriodSeconds(GRACE_SECONDS)
          .withImagePullSecrets(template.imagePullSecrets().stream()
              .map(SecretName::name).map(LocalObjectReference::new).toList())
          .withNodeSelector(template.nodeSelector().isEmpty() ? null : template.nodeSelector())
          .withTolerations(template.tolerations().stream().map(PredictorPod::toleration).toList())
          .withTopologySpreadConstraints(spread(template, version.selector()))
          .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withRunAsUser(USER)
            .withRunAsGroup(USER)
            .withFsGroup(USER)
            .withNewSeccompProfile()
              .withType("RuntimeDefault")
            .endSeccompProfile()
          .endSecurityContext()
          .withContainers(container(version, volumes))
          .withVolumes(volumes.volumes())
        .endSpec()
        .build();
    // spotless:on
  }

  /**
   * Written out also where it is the default: the API server goes on with the deprecated field
   * serviceAccount, in which it has kept the name, when serviceAccountName is left out again.
   */
  private static String serviceAccountName(PredictorTemplate template) {
    return template.serviceAccountName() == null ? "default" : template.serviceAccountName();
  }

  /**
   * As the API server would choose it: written out, because it chooses once only, and would keep
   * its choice for the next image.
   */
  private static String pullPolicy(String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    boolean fixed = name.contains("@") || name.contains(":") && !name.endsWith(":latest");
    return fixed ? "IfNotPresent" : "Always";
  }

  private static Container container(DesiredVersion version, PredictorVolumes volumes) {
    PredictorTemplate template = version.spec().predictor();
    String image =
        template.image() == null ? version.settings().predictorImage() : template.image();
    // spotless:off
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(image)
        .withImagePullPolicy(pullPolicy(image))
        .withEnv(PredictorEnvironment.of(version))
        .addNewPort()
          .withName(HTTP)
          .withContainerPort(HTTP_PORT)
          .withProtocol("TCP")
        .endPort()
        .addNewPort()
          .withName("management")
          .withContainerPort(MANAGEMENT_PORT)
          .withProtocol("TCP")
        .endPort()
        .withResources(PredictorResources.of(version.version(), template))
        .withNewSecurityContext()
          .withAllowPrivilegeEscalation(false)
          .withReadOnlyRootFilesystem(true)
          .withNewCapabilities()
            .withDrop("ALL")
          .endCapabilities()
        .endSecurityContext()
        // Until every proxy has heard that the pod goes, it goes on serving.
        .withNewLifecycle()
          .withNewPreStop()
            .withNewSleep()
              .withSeconds(PRE_STOP_SECONDS)
            .endSleep()
          .endPreStop()
        .endLifecycle()
        // Loading shows in /readyz; a predictor that cannot load ends by itself.
        .withStartupProbe(probe("/livez", 1, 120))
        .withReadinessProbe(probe("/readyz", 2, 3))
        .withLivenessProbe(probe("/livez", 10, 6))
        // The predictor's last line says why it refused its model.
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withVolumeMounts(volumes.mounts())
        .build();
    // spotless:on
  }

  private static Probe probe(String path, int periodSeconds, int failureThreshold) {
    // spotless:off
    return new ProbeBuilder()
        .withNewHttpGet()
          .withPath(path)
          .withPort(new IntOrString(HTTP))
          .withScheme("HTTP")
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(2)
        .withFailureThreshold(failureThreshold)
        .build();
    // spotless:on
  }

  private static List<TopologySpreadConstraint> spread(
      PredictorTemplate template, Map<String, String> selector) {
    List<TopologySpread> asked =
        template.topologySpreadConstraints().isEmpty()
            ? List.of(
                new TopologySpread("kubernetes.io/hostname", null, null),
                new TopologySpread("topology.kubernetes.io/zone", null, null))
            : template.topologySpreadConstraints();
    return asked.stream()
        .map(
            spread ->
                new TopologySpreadConstraintBuilder()
                    .withTopologyKey(spread.topologyKey())
                    .withMaxSkew(spread.maxSkew())
                    .withWhenUnsatisfiable(spread.whenUnsatisfiable().name())
                    .withLabelSelector(new LabelSelectorBuilder().withMatchLabels(selector).build())
                    .build())
        .toList();
  }

  private static Toleration toleration(
      dev.flightdelay.operator.api.v1alpha1.Toleration toleration) {
    return new Toleration(
        toleration.effect() == null ? null : toleration.effect().name(),
        toleration.key(),
        toleration.operator() == null ? null : toleration.operator().name(),
        toleration.tolerationSeconds(),
        toleration.value());
  }
}
