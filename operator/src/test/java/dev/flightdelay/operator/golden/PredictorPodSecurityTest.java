package dev.flightdelay.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever a model asks for, its pods pass the Pod Security Standard "restricted", go further, and
 * end without losing a request.
 */
class PredictorPodSecurityTest {

  /** How long the predictor answers what it has begun, after it was told to stop. */
  private static final int DRAIN_SECONDS = 20;

  private static final Set<String> VOLUMES =
      Set.of("emptyDir", "configMap", "secret", "persistentVolumeClaim");

  @TestFactory
  Stream<DynamicTest> runsWithoutPrivileges() {
    return pods(
        spec -> {
          assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
          assertThat(spec.getSecurityContext().getRunAsUser()).isPositive();
          assertThat(spec.getSecurityContext().getRunAsGroup()).isPositive();
          assertThat(spec.getSecurityContext().getSeccompProfile().getType())
              .isEqualTo("RuntimeDefault");
          Container container = onlyContainer(spec);
          assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
          assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
          assertThat(container.getSecurityContext().getPrivileged()).isNull();
          assertThat(container.getSecurityContext().getRunAsUser()).isNull();
          assertThat(container.getSecurityContext().getCapabilities().getDrop())
              .containsExactly("ALL");
          assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> reachesNothingOfTheNodeOrTheApiServer() {
    return pods(
        spec -> {
          assertThat(spec.getAutomountServiceAccountToken()).isFalse();
          assertThat(spec.getEnableServiceLinks()).isFalse();
          assertThat(spec.getHostNetwork()).isNull();
          assertThat(spec.getHostPID()).isNull();
          assertThat(spec.getHostIPC()).isNull();
          assertThat(spec.getNodeName()).isNull();
          assertThat(onlyContainer(spec).getPorts()).allMatch(port -> port.getHostPort() == null);
          assertThat(onlyContainer(spec).getCommand()).isEmpty();
          assertThat(onlyContainer(spec).getArgs()).isEmpty();
          assertThat(onlyContainer(spec).getEnv()).allMatch(env -> env.getValueFrom() == null);
          assertThat(onlyContainer(spec).getEnvFrom()).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> mountsOnlyWhatIsBoundedOrReadOnly() {
    return pods(
        spec -> {
          Map<String, VolumeMount> mounts =
              onlyContainer(spec).getVolumeMounts().stream()
                  .collect(Collectors.toMap(VolumeMount::getName, mount -> mount));
          for (Volume volume : spec.getVolumes()) {
            assertThat(VOLUMES).contains(kind(volume));
            if (volume.getEmptyDir() != null) {
              assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull();
            } else {
              assertThat(mounts.get(volume.getName()).getReadOnly()).isTrue();
            }
          }
          assertThat(mounts.keySet())
              .containsExactlyInAnyOrderElementsOf(
                  spec.getVolumes().stream().map(Volume::getName).toList());
        });
  }

  private static String kind(Volume volume) {
    if (volume.getEmptyDir() != null) {
      return "emptyDir";
    }
    if (volume.getConfigMap() != null) {
      return "configMap";
    }
    if (volume.getSecret() != null) {
      return "secret";
    }
    return volume.getPersistentVolumeClaim() != null ? "persistentVolumeClaim" : "another kind";
  }

  @TestFactory
  Stream<DynamicTest> endsAfterThePauseAndTheDrainTogether() {
    return pods(
        spec -> {
          long pause = onlyContainer(spec).getLifecycle().getPreStop().getSleep().getSeconds();
          assertThat(pause).isPositive();
          assertThat(spec.getTerminationGracePeriodSeconds()).isGreaterThan(pause + DRAIN_SECONDS);
          assertThat(onlyContainer(spec).getTerminationMessagePolicy())
              .isEqualTo("FallbackToLogsOnError");
        });
  }

  @TestFactory
  Stream<DynamicTest> asksForLifeAndForReadinessAtDifferentPaths() {
    return pods(
        spec -> {
          Container container = onlyContainer(spec);
          assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/livez");
          assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
          assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
          assertThat(container.getStartupProbe().getFailureThreshold()).isGreaterThanOrEqualTo(60);
        });
  }

  @TestFactory
  Stream<DynamicTest> promisesCpuAndBoundsMemoryAndDisk() {
    return pods(
        spec -> {
          Map<String, Quantity> requests = onlyContainer(spec).getResources().getRequests();
          Map<String, Quantity> limits = onlyContainer(spec).getResources().getLimits();
          assertThat(requests).containsKeys("cpu", "memory", "ephemeral-storage");
          assertThat(limits).containsKeys("memory", "ephemeral-storage");
          limits.forEach(
              (resource, limit) ->
                  assertThat(limit.getNumericalAmount())
                      .as(resource)
                      .isGreaterThanOrEqualTo(requests.get(resource).getNumericalAmount()));
        });
  }

  @TestFactory
  Stream<DynamicTest> limitsMemoryToItsRequestWhereNobodySaysOtherwise() {
    return GoldenCase.all().stream()
        .filter(golden -> golden.model().getSpec().predictor().resources() == null)
        .filter(
            golden ->
                golden.model().getSpec().versions().stream()
                    .allMatch(version -> version.resources() == null))
        .map(
            golden ->
                dynamicTest(
                    golden.name(),
                    () ->
                        assertThat(deployments(golden))
                            .extracting(
                                deployment -> podSpec(deployment).getContainers().getFirst())
                            .allMatch(
                                container ->
                                    container
                                        .getResources()
                                        .getRequests()
                                        .get("memory")
                                        .equals(
                                            container.getResources().getLimits().get("memory")))));
  }

  private static Stream<DynamicTest> pods(Consumer<PodSpec> check) {
    return GoldenCase.all().stream()
        .filter(golden -> !deployments(golden).isEmpty())
        .map(
            golden ->
                dynamicTest(
                    golden.name(),
                    () ->
                        assertThat(deployments(golden))
                            .extracting(PredictorPodSecurityTest::podSpec)
                            .allSatisfy(check)));
  }

  private static List<Deployment> deployments(GoldenCase golden) {
    return golden.plan().apply().stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .toList();
  }

  private static PodSpec podSpec(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec();
  }

  private static Container onlyContainer(PodSpec spec) {
    assertThat(spec.getInitContainers()).isEmpty();
    assertThat(spec.getContainers()).hasSize(1);
    return spec.getContainers().getFirst();
  }
}
