package dev.flightdelay.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * crds/ is generated from the Java types: {@code mvn -pl operator test
 * -Dtest=CustomResourceDefinitionTest -Dcrds.write} writes it anew.
 */
class CustomResourceDefinitionTest {

  private static final Path COMMITTED = Path.of("../crds/flightdelaymodels.flightdelay.dev-v1.yml");

  @Test
  void isInStepWithTheJavaTypes(@TempDir Path folder) throws IOException {
    String generated = CustomResourceDefinitionGenerator.generate(folder);

    if (System.getProperty("crds.write") != null) {
      Files.createDirectories(COMMITTED.getParent());
      Files.writeString(COMMITTED, generated);
    }

    assertThat(COMMITTED)
        .withFailMessage(
            "crds/ is not what the Java types say: run mvn -pl operator test"
                + " -Dtest=CustomResourceDefinitionTest -Dcrds.write, and commit crds/")
        .hasContent(generated);
  }

  @Test
  void describesEveryField(@TempDir Path folder) throws IOException {
    CustomResourceDefinitionGenerator.generate(folder);

    assertThat(CustomResourceDefinitionGenerator.fieldsWithoutDescription()).isEmpty();
  }
}
