package dev.flightdelay.operator.child;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;

/** The address of one version's pods inside the cluster. */
public final class PredictorService {

  public static final int PORT = 80;

  private PredictorService() {}

  /** The Service of a version. */
  public static Service desired(DesiredVersion version) {
    // spotless:off
    return new ServiceBuilder()
        .withMetadata(version.metadata(Map.of()))
        .withNewSpec()
          .withType("ClusterIP")
          .withSelector(version.selector())
          .addNewPort()
            .withName(PredictorPod.HTTP)
            .withProtocol("TCP")
            .withPort(PORT)
            .withTargetPort(new IntOrString(PredictorPod.HTTP))
          .endPort()
        .endSpec()
        .build();
    // spotless:on
  }
}
