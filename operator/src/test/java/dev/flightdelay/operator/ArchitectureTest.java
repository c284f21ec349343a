package dev.flightdelay.operator;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.flightdelay.architecture.Circles;
import dev.flightdelay.architecture.MainClasses;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/architecture.md says of the operator's packages, as far as a machine can see it. */
class ArchitectureTest {

  private static final String BASE = ArchitectureTest.class.getPackageName();
  private static final JavaClasses CLASSES = MainClasses.read();

  /** From values to values. */
  private static final String[] PURE = in("observe", "plan", "rollout", "child", "status");

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
  void whatIsPlannedAsksNobody() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.javaoperatorsdk..",
            "io.fabric8.kubernetes.client",
            "io.fabric8.kubernetes.client.http..",
            "io.fabric8.kubernetes.client.informers..",
            "org.springframework..",
            "org.slf4j..",
            "java.net.http..",
            "java.nio.file..",
            "java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(in("reconcile", "lanes", "namespaces", "leader", "cache", "health"))
        .because(
            "it is a function of the model and of what was observed, which golden folders and"
                + " simulations play: have reconcile/ ask, and pass the answer in")
        .check(CLASSES);
  }

  @Test
  void whatIsPlannedHasNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .accessTargetWhere(
            call(Instant.class, "now")
                .or(call(Clock.class, "system.*"))
                .or(call(System.class, "nanoTime|currentTimeMillis|getenv|getProperty"))
                .or(call(Math.class, "random")))
        .because("simulations play days in milliseconds: pass the time in")
        .check(CLASSES);
  }

  @Test
  void onlyItsReadersAndWritersHaveTheApiServer() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE)
        .and()
        .resideOutsideOfPackages(in("reconcile", "leader", "namespaces"))
        .should()
        .dependOnClassesThat()
        .areAssignableTo(KubernetesClient.class)
        .because(
            "reconcile/ alone reads and writes what belongs to models, leader/ the lease, and"
                + " namespaces/ which of them may be read: pass in what one of them has read")
        .check(CLASSES);
  }

  @Test
  void theCustomResourceIsTypesAlone() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".api..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(BASE + "..").and(resideOutsideOfPackage(BASE + ".api..")))
        .because(
            "CRD and reference are made of it, and others may use it by itself: what a field does"
                + " is said in child/ or plan/")
        .check(CLASSES);
  }

  @Test
  void springStartsItAndAsksItsHealth() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE, BASE + ".health")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.springframework..")
                // Its defaults stand on the settings that it fills.
                .and(resideOutsideOfPackage("org.springframework.boot.context.properties..")))
        .because(
            "what the operator does can be tested without a container of beans: make the bean in"
                + " OperatorConfiguration, of a class that knows nothing of it")
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaAccess<?>> call(Class<?> owner, String names) {
    return targetOwner(equivalentTo(owner)).and(target(nameMatching(names)));
  }
}
