package dev.flightdelay.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @TempDir Path folder;

  private Options options(String... arguments) {
    return Options.of(List.of(arguments), folder);
  }

  @Test
  void servesTheSampleOnPort8080UnlessToldOtherwise() {
    assertThat(options())
        .isEqualTo(
            new Options(
                List.of(),
                List.of(),
                ModelOptions.NONE,
                false,
                false,
                8080,
                folder.resolve("target/local")));
  }

  @Test
  void takesValuesWithOrWithoutAnEqualsSign() throws IOException {
    Path model = Files.writeString(folder.resolve("model.joblib"), "\u0080\u0004N.");

    Options expected =
        new Options(
            List.of(),
            List.of(model),
            new ModelOptions("delays", "models.0", List.of(100)),
            true,
            true,
            8081,
            folder.resolve("state"));
    assertThat(
            options(
                "--port",
                "8081",
                "--once",
                "--emit",
                "--state",
                folder.resolve("state").toString(),
                "--name",
                "delays",
                "--entry",
                "models.0",
                "--traffic",
                "100",
                model.toString()))
        .isEqualTo(expected);
    assertThat(
            options(
                "--port=8081",
                "--once",
                "--emit",
                "--state=" + folder.resolve("state"),
                "--name=delays",
                "--entry=models.0",
                "--traffic=100",
                model.toString()))
        .isEqualTo(expected);
  }

  @Test
  void goesByTheContentOfAFileNotByItsName() throws IOException {
    Path yaml =
        Files.writeString(
            folder.resolve("model.pkl"),
            "# what it is\napiVersion: flightdelay.dev/v1alpha1\nkind: FlightDelayModel\n");
    Path json = Files.writeString(folder.resolve("a"), "{\n  \"apiVersion\": \"v1\"}");
    Path pickle = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0x80, 4, 'N', '.'});
    Path text =
        Files.writeString(folder.resolve("c.json"), "{\"learner\":{\"apiVersion\":1}}\ntree\n");

    Options options = options(yaml.toString(), pickle.toString(), json.toString(), text.toString());

    assertThat(options.manifests()).containsExactly(yaml, json);
    assertThat(options.models()).containsExactly(pickle, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port=x",
        "--port=0",
        "--port=65536",
        "--port",
        "--port=",
        "--ports=1",
        "-p",
        "--once=1"
      })
  void refusesWhatIsNotAnOptionOrNotAPort(String argument) {
    assertThatThrownBy(() -> options(argument)).isInstanceOf(LocalException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--emit", "--traffic=100", "--name=m", "--entry=a"})
  void refusesWhatIsForModelFilesWhereThereIsNone(String argument) {
    assertThatThrownBy(() -> options(argument))
        .isInstanceOf(LocalException.class)
        .hasMessageContaining("name one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--traffic=90,11", "--traffic=50,50,0", "--traffic=110,-10", "--traffic=a,b"})
  void refusesSharesThatAreNotThoseOfTheFiles(String argument) throws IOException {
    String a = Files.writeString(folder.resolve("a.pkl"), "N.").toString();
    String b = Files.writeString(folder.resolve("b.pkl"), "N.").toString();

    assertThatThrownBy(() -> options(a, b, argument))
        .isInstanceOf(LocalException.class)
        .hasMessageContaining("--traffic");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--name=Model", "--name=1", "--name=a.b", "--name=a-"})
  void refusesANameThatTheResourceMayNotHave(String argument) throws IOException {
    String a = Files.writeString(folder.resolve("a.pkl"), "N.").toString();

    assertThatThrownBy(() -> options(a, argument))
        .isInstanceOf(LocalException.class)
        .hasMessageContaining("--name");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> options("absent.yaml"))
        .isInstanceOf(LocalException.class)
        .hasMessage("there is no file absent.yaml");
  }
}
