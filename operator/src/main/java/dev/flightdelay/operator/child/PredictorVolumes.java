package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.auth.AuthScheme;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/** What is mounted into a predictor pod, whose own file system is read-only. */
record PredictorVolumes(List<Volume> volumes, List<VolumeMount> mounts) {

  /** For what is mounted by group: the kubelet gives files to the pod's fsGroup. */
  private static final int GROUP_READS = 0440;

  static PredictorVolumes of(FlightDelayModelSpec spec, ModelVersion version) {
    PredictorVolumes volumes = new PredictorVolumes(new ArrayList<>(), new ArrayList<>());
    volumes.model(version);
    volumes.temporary();
    if (version.model().credentialsSecret() != null) {
      volumes.secret(
          "credentials", version.model().credentialsSecret(), PredictorEnvironment.CREDENTIALS);
    }
    for (AuthScheme scheme : spec.authSchemes()) {
      scheme
          .mounts()
          .ifPresent(folder -> volumes.secret(folder.volume(), folder.secret(), folder.path()));
    }
    return volumes;
  }

  private void model(ModelVersion version) {
    VolumeBuilder volume = new VolumeBuilder().withName("model");
    boolean readOnly = true;
    // spotless:off
    switch (ModelLocation.of(version.model())) {
      case ModelLocation.InConfigMap map -> volume
          .withNewConfigMap()
            .withName(map.name())
            .addNewItem()
              .withKey(map.key())
              .withPath(map.key())
            .endItem()
          .endConfigMap();
      case ModelLocation.InClaim claim -> volume
          .withNewPersistentVolumeClaim()
            .withClaimName(claim.claim())
            .withReadOnly(true)
          .endPersistentVolumeClaim();
      case ModelLocation.Fetched _ -> {
        readOnly = false;
        volume
            .withNewEmptyDir()
              .withSizeLimit(
                  Bytes.quantity(16 * Bytes.MI + Bytes.of(version.model().maxSize())))
            .endEmptyDir();
      }
    }
    // spotless:on
    mount(volume.build(), ModelLocation.MOUNT, readOnly);
  }

  private void temporary() {
    // spotless:off
    mount(
        new VolumeBuilder()
            .withName("tmp")
            .withNewEmptyDir()
              .withMedium("Memory")
              .withSizeLimit(Bytes.quantity(16 * Bytes.MI))
            .endEmptyDir()
            .build(),
        "/tmp",
        false);
    // spotless:on
  }

  private void secret(String name, String secret, String path) {
    // spotless:off
    mount(
        new VolumeBuilder()
            .withName(name)
            .withNewSecret()
              .withSecretName(secret)
              .withDefaultMode(GROUP_READS)
            .endSecret()
            .build(),
        path,
        true);
    // spotless:on
  }

  private void mount(Volume volume, String path, boolean readOnly) {
    volumes.add(volume);
    mounts.add(
        new VolumeMountBuilder()
            .withName(volume.getName())
            .withMountPath(path)
            .withReadOnly(readOnly ? true : null)
            .build());
  }
}
