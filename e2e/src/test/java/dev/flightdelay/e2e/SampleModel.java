package dev.flightdelay.e2e;

/** The two models of crds/examples/flight-delay-models.yaml. */
enum SampleModel {
  V1("flight-delay.pkl", "818a8c85a890bcf651fe5a13f9d004a7f0c4b9f9741631e93568978baea4c3a6"),
  V2("flight-delay-v2.pkl", "237344fbdf19c56c3e161c8a6f45dec5fd21cc5c6b295c4dfd29832576eca0aa");

  private final String file;
  private final String sha256;

  SampleModel(String file, String sha256) {
    this.file = file;
    this.sha256 = sha256;
  }

  String uri() {
    return "configmap://flight-delay-models/" + file;
  }

  String file() {
    return file;
  }

  String sha256() {
    return sha256;
  }
}
