package dev.flightdelay.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.flightdelay.architecture.Circles;
import dev.flightdelay.architecture.MainClasses;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/architecture.md says of the local mode's packages, as far as a machine can see it. */
class ArchitectureTest {

  private static final String BASE = ArchitectureTest.class.getPackageName();
  private static final JavaClasses CLASSES = MainClasses.read();

  private static String[] in(String... packages) {
    return Stream.of(packages).map(name -> BASE + "." + name).toArray(String[]::new);
  }

  @Test
  void noCircleBetweenPackages() {
    Circles.betweenPackages().check(CLASSES);
  }

  @Test
  void noCircleBetweenClasses() {
    Circles.betweenClasses().check(CLASSES);
  }

  @Test
  void theApiServerIsKnownByItsProtocol() {
    noClasses()
        .that()
        .resideInAnyPackage(in("runner", "proxy", "process", "informer"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + ".api")
        .because(
            "runner and proxy are clients like kubectl, of this API server or a real one: let them"
                + " ask through the Kubernetes client")
        .check(CLASSES);
  }

  @Test
  void theApiServerKnowsNothingOfItsClients() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".api")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(in("runner", "proxy", "process", "informer", "command"))
        .because("it stores objects: what is done about them is done by who watches them")
        .check(CLASSES);
  }
}
