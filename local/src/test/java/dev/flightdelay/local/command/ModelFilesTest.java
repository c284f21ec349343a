package dev.flightdelay.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What serves model files, as {@code --emit} prints it. */
class ModelFilesTest {

  @TempDir Path folder;

  @Test
  void oneFileIsTheOnlyVersion() throws IOException {
    Path file = Files.writeString(folder.resolve("my model.joblib"), "abc");

    assertThat(ModelFiles.yaml(ModelOptions.NONE, List.of(file)))
        .isEqualTo(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: my-model-v1-ba7816bf8f01
            immutable: true
            binaryData:
              my-model.joblib: YWJj
            ---
            apiVersion: flightdelay.dev/v1alpha1
            kind: FlightDelayModel
            metadata:
              name: my-model
            spec:
              versions:
              - name: v1
                model:
                  uri: configmap://my-model-v1-ba7816bf8f01/my-model.joblib
                  sha256: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
                traffic: 100
              autoscaling:
                minReplicas: 1
                maxReplicas: 1
            """);
  }

  @Test
  void severalShareTheTrafficAsAsked() throws IOException {
    Path a = Files.writeString(folder.resolve("a.pkl"), "a");
    Path b = Files.writeString(folder.resolve("b.pkl"), "b");
    ModelOptions options = new ModelOptions("delays", "it's", List.of(90, 10));

    String yaml = ModelFiles.yaml(options, List.of(a, b));

    List<GenericKubernetesResource> objects = Documents.parse(yaml, "it");
    assertThat(objects)
        .extracting(GenericKubernetesResource::getKind)
        .containsExactly("ConfigMap", "ConfigMap", "FlightDelayModel");
    GenericKubernetesResource model = objects.getLast();
    assertThat(model.getMetadata().getName()).isEqualTo("delays");
    assertThat(model.<Object>get("spec", "versions", 0, "traffic")).isEqualTo(90);
    assertThat(model.<Object>get("spec", "versions", 1, "traffic")).isEqualTo(10);
    assertThat(model.<Object>get("spec", "versions", 1, "name")).isEqualTo("v2");
    assertThat(model.<Object>get("spec", "versions", 1, "model", "entry")).isEqualTo("it's");
    assertThat(model.<Object>get("spec", "expose", "type")).isEqualTo("HTTPRoute");
  }

  @Test
  void sharesAreEqualWhereNoneAreAskedFor() {
    assertThat(ModelOptions.NONE.traffic(1)).containsExactly(100);
    assertThat(ModelOptions.NONE.traffic(2)).containsExactly(50, 50);
    assertThat(ModelOptions.NONE.traffic(3)).containsExactly(34, 33, 33);
    assertThatThrownBy(() -> ModelOptions.NONE.traffic(11)).hasMessageContaining("at most 10");
  }

  @ParameterizedTest
  @CsvSource({
    "flight-delay.pkl,flight-delay",
    "Modelo_2.final.joblib,modelo-2",
    "2024.pkl,model",
    ".pkl,pkl",
    "a234567890123456789012345678901234567890123.pkl,a234567890123456789012345678901234567890123"
  })
  void theNameIsTheFilesAsFarAsItMayBe(String file, String name) {
    assertThat(ModelFile.modelName(Path.of(file)))
        .isEqualTo(name.substring(0, Math.min(40, name.length())));
  }

  @Test
  void saysWhatToDoWithAFileThatNoConfigMapTakes() throws IOException {
    Path file = Files.write(folder.resolve("large.pkl"), new byte[1 << 20]);

    assertThatThrownBy(() -> ModelFiles.yaml(ModelOptions.NONE, List.of(file)))
        .isInstanceOf(LocalException.class)
        .hasMessageContaining("large.pkl has 1 MiB")
        .hasMessageContaining("upload it");
  }
}
