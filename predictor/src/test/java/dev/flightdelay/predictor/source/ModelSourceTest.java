package dev.flightdelay.predictor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSourceTest {

  @Test
  void readsEachKindOfUri() {
    assertThat(ModelSource.parse("models/m.pkl"))
        .isEqualTo(new FileSource(Path.of("models/m.pkl")));
    assertThat(ModelSource.parse("../m.pkl")).isEqualTo(new FileSource(Path.of("../m.pkl")));
    assertThat(ModelSource.parse("file:/model/a%20b.pkl"))
        .isEqualTo(new FileSource(Path.of("/model/a b.pkl")));
    assertThat(ModelSource.parse("file:///model/m.pkl"))
        .isEqualTo(new FileSource(Path.of("/model/m.pkl")));
    assertThat(ModelSource.parse("HTTPS://example.com/m.pkl?sig=1"))
        .isEqualTo(new HttpSource(URI.create("HTTPS://example.com/m.pkl?sig=1")));
    assertThat(ModelSource.parse("gs://my-bucket/a/b%20c#d.pkl"))
        .isEqualTo(new GcsSource("my-bucket", "a/b%20c#d.pkl"));
    assertThat(ModelSource.parse("s3://my-bucket/a/m.pkl"))
        .isEqualTo(new S3Source("my-bucket", "a/m.pkl"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "http://example.com/a\nb",
        "ftp://example.com/m.pkl",
        "data:,x",
        "jar:file:/m.jar!/m.pkl",
        "file://otherhost/m.pkl",
        "file:m.pkl",
        "file:/m.pkl?x",
        "file:/m.pkl#x",
        "file:/m%00.pkl",
        "file:/model/../etc/passwd",
        "file:/model/%2e%2e/etc/passwd",
        "file:/model/%2E./etc/passwd",
        "http://example.com/a/..",
        "http://example.com/..?x",
        "http://example.com/a/%2e%2e%2fb",
        "http://example.com/a b",
        "http://user@example.com/m.pkl",
        "http://user:secret@example.com/m.pkl",
        "http:///m.pkl",
        "http:m.pkl",
        "http://example.com:0/m.pkl",
        "http://example.com:70000/m.pkl",
        "http://0x7f.1/m.pkl",
        "http://127.1/m.pkl",
        "http://2130706433/m.pkl",
        "http://0x7f000001/m.pkl",
        "http://[fe80::1%25eth0]:80x/m.pkl",
        "gs://bucket",
        "gs://bucket/",
        "gs://bucket/directory/",
        "gs:bucket/m.pkl",
        "gs:///m.pkl",
        "gs://user@bucket/m.pkl",
        "gs://bucket/a/../m.pkl",
        "s3://Bucket/m.pkl",
        "s3://bucket:80/m.pkl",
        "s3://bucket/%2e%2e/m.pkl",
      })
  void refusesWhatNamesNoModel(String uri) {
    assertThatExceptionOfType(ModelFetchException.class)
        .isThrownBy(() -> ModelSource.parse(uri))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID_URI));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pvc://claim/m.pkl", "configmap://name/m.pkl"})
  void saysThatVolumesArriveAsFiles(String uri) {
    assertThatExceptionOfType(ModelFetchException.class)
        .isThrownBy(() -> ModelSource.parse(uri))
        .withMessageContaining("mounted by the operator under /model");
  }

  @Test
  void tellsNeitherPasswordsNorSignatures() {
    assertThat(ModelSource.parse("https://example.com/m.pkl?X-Amz-Signature=abc").shown())
        .isEqualTo("https://example.com/m.pkl?...");
    assertThatExceptionOfType(ModelFetchException.class)
        .isThrownBy(() -> ModelSource.parse("http://user:secret@example.com/m.pkl?token=abc"))
        .withMessageNotContaining("secret")
        .withMessageNotContaining("abc");
  }
}
