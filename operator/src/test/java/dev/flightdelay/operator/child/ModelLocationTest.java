package dev.flightdelay.operator.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.ModelSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelLocationTest {

  private static ModelLocation location(String uri) {
    return ModelLocation.of(new ModelSource(uri, "0".repeat(64), null, null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "gs://bucket/path/model.pkl",
    "s3://bucket/model.pkl",
    "https://host:8443/a/model.pkl?generation=3",
    "http://host/model.pkl"
  })
  void leavesToThePredictorWhatIsFetched(String uri) {
    assertThat(location(uri)).isEqualTo(new ModelLocation.Fetched(uri));
    assertThat(location(uri).predictorUri()).isEqualTo(uri);
  }

  @ParameterizedTest
  @CsvSource({
    "configmap://models/v1.pkl, models, v1.pkl, file:/model/v1.pkl",
    "configmap://a.b-c/_x-1, a.b-c, _x-1, file:/model/_x-1"
  })
  void mountsAConfigMapsKey(String uri, String name, String key, String seen) {
    assertThat(location(uri)).isEqualTo(new ModelLocation.InConfigMap(name, key));
    assertThat(location(uri).predictorUri()).isEqualTo(seen);
  }

  @ParameterizedTest
  @CsvSource({
    "pvc://claim/model.pkl, claim, model.pkl, file:/model/model.pkl",
    "pvc://claim/a/b/model.pkl, claim, a/b/model.pkl, file:/model/a/b/model.pkl"
  })
  void mountsAClaim(String uri, String claim, String path, String seen) {
    assertThat(location(uri)).isEqualTo(new ModelLocation.InClaim(claim, path));
    assertThat(location(uri).predictorUri()).isEqualTo(seen);
  }
}
