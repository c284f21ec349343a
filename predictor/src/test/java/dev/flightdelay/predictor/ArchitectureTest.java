package dev.flightdelay.predictor;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import dev.flightdelay.architecture.Circles;
import dev.flightdelay.architecture.MainClasses;
import java.io.ObjectInputStream;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.net.http.HttpClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/architecture.md says of the predictor's packages, as far as a machine can see it. */
class ArchitectureTest {

  private static final String BASE = ArchitectureTest.class.getPackageName();
  private static final JavaClasses CLASSES = MainClasses.read();

  /** Between a file's bytes and plain objects. */
  private static final String[] FENCE = in("container", "pickle", "numpy");

  /** From bytes to a model that answers. */
  private static final String[] MODELS =
      in(
          "container",
          "pickle",
          "numpy",
          "scipy..",
          "pandas..",
          "estimator",
          "sklearn..",
          "xgboost..",
          "lightgbm..",
          "catboost..",
          "imblearn..",
          "categoryencoders..",
          "trees",
          "explain",
          "reader",
          "model",
          "budget");

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
  void packagesOfTheDataPlaneKnowOnlyWhatIsBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(BASE + ".dataplane..")
        .layer("DataPlane")
        .definedBy(BASE + ".dataplane")
        .layer("http1")
        .definedBy(BASE + ".dataplane.http1..")
        .layer("server")
        .definedBy(BASE + ".dataplane.server..")
        .layer("route")
        .definedBy(BASE + ".dataplane.route..")
        .layer("scoring")
        .definedBy(BASE + ".dataplane.scoring..")
        .layer("admission")
        .definedBy(BASE + ".dataplane.admission..")
        .whereLayer("DataPlane")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("http1")
        .mayOnlyBeAccessedByLayers("DataPlane")
        .whereLayer("server")
        .mayOnlyBeAccessedByLayers("DataPlane", "http1")
        .whereLayer("route")
        .mayOnlyBeAccessedByLayers("DataPlane", "http1", "server")
        .whereLayer("scoring")
        .mayOnlyBeAccessedByLayers("DataPlane", "http1", "server", "route")
        .ensureAllClassesAreContainedInArchitectureIgnoring(
            resideOutsideOfPackage(BASE + ".dataplane.."))
        .because(
            "a second protocol stands beside http1 and uses the rooms below as they are: have"
                + " passed in what only a protocol knows")
        .check(CLASSES);
  }

  @Test
  void dialectsKnowRowsAndScoresOnly() {
    classes()
        .that()
        .resideInAPackage(BASE + ".dialect..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(BASE + ".dialect..", BASE + ".json..", BASE + ".model..", "java..")
        .because(
            "a dialect makes rows of a body and a body of scores, whatever carries them and whoever"
                + " asks: pass in what it needs to know of the request")
        .check(CLASSES);
  }

  @Test
  void modelsKnowNoServer() {
    noClasses()
        .that()
        .resideInAnyPackage(MODELS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            in(
                "dataplane..",
                "dialect..",
                "page..",
                "auth..",
                "source..",
                "network..",
                "settings..",
                "serve..",
                "command..",
                "management..",
                "metrics.."))
        .because(
            "models are read and scored by commands, servers and tests alike: pass in what they"
                + " need of settings, files or requests")
        .check(CLASSES);
  }

  @Test
  void theFenceKnowsNoEstimator() {
    noClasses()
        .that()
        .resideInAnyPackage(FENCE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            in(
                "estimator",
                "sklearn..",
                "xgboost..",
                "lightgbm..",
                "catboost..",
                "imblearn..",
                "categoryencoders..",
                "pandas..",
                "scipy..",
                "reader"))
        .because(
            "a pickle becomes plain objects before anything asks what they mean: give a reader the"
                + " objects, and have it refuse what it does not know")
        .check(CLASSES);
  }

  @Test
  void nothingOfAFileIsExecuted() {
    noClasses()
        .that()
        .resideInAnyPackage(MODELS)
        .should()
        .accessTargetWhere(
            targetOwner(
                    equivalentTo(Method.class)
                        .or(equivalentTo(Constructor.class))
                        .or(equivalentTo(MethodHandle.class))
                        .or(equivalentTo(ClassLoader.class))
                        .or(equivalentTo(ObjectInputStream.class))
                        .or(equivalentTo(ProcessBuilder.class)))
                .or(call(Class.class, "forName|newInstance"))
                .or(call(Runtime.class, "exec|load|loadLibrary"))
                .or(call(System.class, "load|loadLibrary")))
        .because(
            "a pickle is a program, and whoever wrote it chooses its names: interpret it into plain"
                + " objects, and look classes up in a Family")
        .check(CLASSES);
  }

  @Test
  void onlyTheFenceUsesThePickleLibrary() {
    onlyIn("net.razorvine..", in("pickle"))
        .because("its unpickler makes what a file names: it is let near nothing unverified")
        .check(CLASSES);
  }

  @Test
  void onlyTheManagementPortIsSpring() {
    onlyIn("org.springframework..", in("management", "serve"))
        .because(
            "predictions, inspect and score do without it, and start sooner: give metrics and"
                + " probes a bean in management/")
        .check(CLASSES);
  }

  @Test
  void onlyTheDataPlaneIsNetty() {
    onlyIn("io.netty..", in("dataplane..", "serve"))
        .because(
            "what is scored and answered can be tested without a socket: pass bytes and values")
        .check(CLASSES);
  }

  @Test
  void librariesOfOneSchemeOrStoreStayThere() {
    String sentence =
        "it is loaded only where it is asked for, and the others start and are read without it";
    onlyIn("com.nimbusds..", in("auth.jwt")).because(sentence).check(CLASSES);
    onlyIn("com.unboundid..", in("auth.ldap")).because(sentence).check(CLASSES);
    onlyIn("software.amazon..", in("source.store")).because(sentence).check(CLASSES);
    onlyIn("com.google..", in("source.store")).because(sentence).check(CLASSES);
    onlyIn("dev.hardwood..", in("score.parquet")).because(sentence).check(CLASSES);
  }

  @Test
  void onlyTheNetworkPackageResolvesNamesAndConnects() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("network", "dataplane.."))
        .should()
        .accessTargetWhere(
            targetOwner(equivalentTo(Socket.class))
                .or(call(InetAddress.class, "getByName|getAllByName"))
                .or(call(URL.class, "openConnection|openStream"))
                .or(targetOwner(equivalentTo(HttpClient.class))))
        .because(
            "internal addresses are refused where names are resolved (SSRF): ask GuardedHttpClient,"
                + " GuardedDocument or GuardedDnsResolver")
        .check(CLASSES);
  }

  @Test
  void onlyTheMainClassReadsTheEnvironment() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Predictor.class)
        .should()
        .accessTargetWhere(call(System.class, "getenv"))
        .because("settings are values, checked at the start: add a Setting, and pass its value in")
        .check(CLASSES);
  }

  private static ClassesShouldConjunction onlyIn(String library, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static DescribedPredicate<JavaAccess<?>> call(Class<?> owner, String names) {
    return targetOwner(equivalentTo(owner)).and(target(nameMatching(names)));
  }
}
