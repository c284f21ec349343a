package dev.flightdelay.predictor.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOnlyTest {

  @TempDir Path directory;

  @Test
  void loadsNoStoresClientForAFile() throws IOException {
    Path file = Files.write(directory.resolve("m.pkl"), new byte[] {1});

    String printed =
        FetchingProcess.run(
            Map.of(),
            List.of("-Xlog:class+load"),
            file.toString(),
            FileSourceTest.sha256(new byte[] {1}),
            directory);

    assertThat(printed.lines())
        .anyMatch(line -> line.startsWith("fetched 1 "))
        .anyMatch(line -> line.contains("dev.flightdelay.predictor.source.ModelFile"))
        .noneMatch(
            line -> line.matches(".* (com\\.google|software\\.amazon|org\\.apache\\.hc)\\..*"))
        .noneMatch(line -> line.matches(".*predictor\\.source\\.(Http|Gcs|S3)Store.*"))
        .noneMatch(line -> line.matches(".* (java\\.net\\.http|javax\\.net\\.ssl)\\..*"));
  }
}
