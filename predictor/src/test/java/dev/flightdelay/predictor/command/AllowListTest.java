package dev.flightdelay.predictor.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The allow-list that lies in the repository for people to read is the one that files meet. */
class AllowListTest {

  @Test
  void isWrittenDownWithAReasonForEachName() throws IOException {
    var printed = new ByteArrayOutputStream();

    AllowList.write(printed);

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .as("predictor/inspect --allow-list > predictor/allow-list.txt")
        .isEqualTo(Files.readString(Path.of("allow-list.txt")));
    assertThat(
            printed.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")))
        .hasSizeGreaterThan(300)
        .allMatch(line -> line.matches("[a-z]+ +[\\w.]+ +\\w.*"));
  }
}
