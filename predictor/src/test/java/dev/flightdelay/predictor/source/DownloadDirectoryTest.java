package dev.flightdelay.predictor.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadDirectoryTest {

  @TempDir private Path named;

  @Test
  void isANewOneOfItsOwnerAloneWhereNoneIsNamed() throws IOException {
    try (DownloadDirectory one = DownloadDirectory.of(Optional.empty());
        DownloadDirectory other = DownloadDirectory.of(Optional.empty())) {

      assertThat(one.path()).isNotEqualTo(other.path()).isDirectory();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void doesNotStayWithWhatIsInIt() throws IOException {
    DownloadDirectory directory = DownloadDirectory.of(Optional.empty());
    Files.writeString(directory.path().resolve("model.part"), "half of it");

    directory.close();

    assertThat(directory.path()).doesNotExist();
  }

  @Test
  void staysWhereItWasNamedSoThatALaterStartFindsTheModel() throws IOException {
    DownloadDirectory directory = DownloadDirectory.of(Optional.of(named));
    Path model = Files.writeString(directory.path().resolve("a.model"), "whole");

    directory.close();

    assertThat(model).hasContent("whole");
  }
}
