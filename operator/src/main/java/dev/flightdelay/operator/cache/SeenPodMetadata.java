package dev.flightdelay.operator.cache;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Set;

/** Of a pod's metadata which pod it is: it belongs to a version by its labels. */
final class SeenPodMetadata extends SeenParts<ObjectMeta> {

  SeenPodMetadata() {
    super(
        ObjectMeta.class,
        Set.of(
            "namespace",
            "name",
            "uid",
            "resourceVersion",
            "labels",
            "creationTimestamp",
            "deletionTimestamp"),
        Map.of());
  }
}
