package dev.flightdelay.predictor.model;

/**
 * A model under the name that callers use.
 *
 * @param name the name in the paths, such as {@code /v2/models/<name>}
 * @param version the version in the paths and in {@code x-model-version}
 * @param sha256 the SHA-256 of the file it was read from, 64 lower-case hex digits
 * @param uri where the file came from
 * @param budget what its rows cost and may cost
 */
public record ServedModel(
    String name, String version, String sha256, String uri, Model model, RowBudget budget) {

  public Signature signature() {
    return model.signature();
  }
}
