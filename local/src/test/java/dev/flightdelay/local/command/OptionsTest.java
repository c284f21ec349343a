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
        .isEqualTo(new Options(List.of(), false, 8080, folder.resolve("target/local")));
  }

  @Test
  void takesValuesWithOrWithoutAnEqualsSign() throws IOException {
    Path file = Files.createFile(folder.resolve("model.yaml"));

    assertThat(
            options(
                "--port", "8081", "--once", "--state=" + folder.resolve("state"), file.toString()))
        .isEqualTo(new Options(List.of(file), true, 8081, folder.resolve("state")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port=x", "--port=0", "--port=65536", "--port", "--ports=1", "-p"})
  void refusesWhatIsNotAnOptionOrNotAPort(String argument) {
    assertThatThrownBy(() -> options(argument)).isInstanceOf(LocalException.class);
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> options("absent.yaml"))
        .isInstanceOf(LocalException.class)
        .hasMessage("there is no file absent.yaml");
  }
}
