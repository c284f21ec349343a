package dev.flightdelay.predictor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {

  @TempDir Path folder;

  @Test
  void takesTheOnlyFileWhateverItIsCalled() throws IOException {
    Files.createFile(folder.resolve("flight-delay"));
    Files.createFile(folder.resolve(".hidden"));
    Files.createDirectory(folder.resolve("code"));

    assertThat(ModelFolder.only(folder)).isEqualTo(folder.resolve("flight-delay"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.pkl", "model.joblib.gz", "model.ubj", "model.lgb", "model.cb"})
  void takesTheModelBesideWhatMlflowWrites(String name) throws IOException {
    for (String file : new String[] {"MLmodel", "conda.yaml", "requirements.txt", "a.json", name}) {
      Files.createFile(folder.resolve(file));
    }

    assertThat(ModelFolder.only(folder)).isEqualTo(folder.resolve(name));
  }

  @Test
  void listsWhatThereIsWhereThereAreTwo() throws IOException {
    Files.createFile(folder.resolve("b.pkl"));
    Files.createFile(folder.resolve("a.joblib"));
    Files.createFile(folder.resolve("MLmodel"));

    assertThatThrownBy(() -> ModelFolder.only(folder))
        .isInstanceOf(ModelFetchException.class)
        .hasMessage(
            "INVALID_SETTINGS: %s has 2 model files in it; name the one to serve with MODEL_URI."
                    .formatted(folder)
                + " There is: MLmodel, a.joblib, b.pkl");
  }

  @Test
  void saysThatThereIsNone() throws IOException {
    assertThatThrownBy(() -> ModelFolder.only(folder))
        .hasMessageContaining("has no model file in it")
        .hasMessageEndingWith("There is: nothing");

    for (int i = 10; i < 22; i++) {
      Files.createFile(folder.resolve(i + ".yaml"));
    }
    assertThatThrownBy(() -> ModelFolder.only(folder))
        .hasMessageContaining("has no model file in it")
        .hasMessageEndingWith("18.yaml, 19.yaml and 2 more");
  }
}
