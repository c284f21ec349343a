package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.ModelSource;

/** How the pods get at a model's file. */
sealed interface ModelLocation {

  /** Fetched by the predictor over the network. */
  record Fetched(String uri) implements ModelLocation {}

  /** A key of a ConfigMap, mounted. */
  record InConfigMap(String name, String key) implements ModelLocation {}

  /** A file of a PersistentVolumeClaim, mounted. */
  record InClaim(String claim, String path) implements ModelLocation {}

  /** Where the model's file, or the folder for downloads, is mounted. */
  String MOUNT = "/model";

  /** The CRD's rules have made sure of the form. */
  static ModelLocation of(ModelSource model) {
    String uri = model.uri();
    int scheme = uri.indexOf("://");
    String rest = uri.substring(scheme + 3);
    int slash = rest.indexOf('/');
    return switch (uri.substring(0, scheme)) {
      case "configmap" -> new InConfigMap(rest.substring(0, slash), rest.substring(slash + 1));
      case "pvc" -> new InClaim(rest.substring(0, slash), rest.substring(slash + 1));
      default -> new Fetched(uri);
    };
  }

  /** MODEL_URI, as the predictor sees it. */
  default String predictorUri() {
    return switch (this) {
      case Fetched fetched -> fetched.uri();
      case InConfigMap map -> "file:" + MOUNT + "/" + map.key();
      case InClaim claim -> "file:" + MOUNT + "/" + claim.path();
    };
  }
}
