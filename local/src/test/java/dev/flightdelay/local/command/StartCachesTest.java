package dev.flightdelay.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.local.command.StartCaches.Use;
import dev.flightdelay.local.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCachesTest {

  private static final FileTime BUILT = FileTime.fromMillis(1_000_000);
  private static final FileTime LATER = FileTime.fromMillis(2_000_000);

  @TempDir Path root;

  @BeforeEach
  void build() throws IOException {
    write("predictor.jar", BUILT);
  }

  private StartCaches caches(Use use) {
    return new StartCaches(new Project(root), use);
  }

  private Path file(String name) {
    return root.resolve("predictor/target").resolve(name);
  }

  private void write(String name, FileTime time) throws IOException {
    Files.createDirectories(file(name).getParent());
    Files.setLastModifiedTime(Files.writeString(file(name), name), time);
  }

  @Test
  void usesACacheThatIsMadeOfTheJarThatThereIs() throws IOException {
    assertThat(caches(Use.USED).options("predictor")).isEmpty();

    write("predictor.aot", LATER);
    assertThat(caches(Use.USED).options("predictor"))
        .containsExactly("-XX:AOTCache=" + file("predictor.aot"));

    write("predictor.jar", FileTime.fromMillis(3_000_000));
    assertThat(caches(Use.USED).options("predictor")).isEmpty();
  }

  @Test
  void neitherUsesNorMakesOneWhereNobodyAskedForThem() throws IOException {
    write("predictor.aot", LATER);

    assertThat(caches(Use.NONE).options("predictor")).isEmpty();
    assertThat(caches(Use.NONE).makeMissing(new ChildProcesses(), root)).isEmpty();
  }

  @Test
  void writesAsideWhatIsBeingMadeAndIsKilledWithWhoeverAskedForIt() {
    assertThat(caches(Use.MADE).options("predictor"))
        .containsExactly("-XX:AOTCacheOutput=" + file("predictor.aot.part"));
    assertThat(caches(Use.MADE).signalOfDeath()).isEqualTo("KILL");
    assertThat(caches(Use.USED).signalOfDeath()).isEqualTo("TERM");
  }
}
