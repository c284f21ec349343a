package dev.flightdelay.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The packaged chart, installed once before the first story, in namespaces that are restricted. */
final class Installation
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeTestExecutionCallback,
        AfterTestExecutionCallback,
        ParameterResolver {

  static final String RELEASE = "operator";

  private static final Namespace STORE = Namespace.create(Installation.class);
  private static final int FLIGHTS = 20;

  @Override
  public void beforeAll(ExtensionContext context) {
    actors(context);
  }

  /** A story that broke off leaves no models in the way of the next one. */
  @Override
  public void afterAll(ExtensionContext context) {
    actors(context).user().kubectl("delete", "fdm", "--all", "--wait=false");
  }

  /** The one installation; the first story makes it. */
  private static Actors actors(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .computeIfAbsent(Actors.class, _ -> Actors.onTheCluster(), Actors.class);
  }

  /** Everybody who plays, and what they need. */
  record Actors(
      Settings settings,
      KubernetesClient kubernetes,
      Cluster cluster,
      Flights flights,
      User user,
      Client client,
      OperatorPods operator) {

    static Actors onTheCluster() {
      Settings settings = Settings.ofProperties();
      KubernetesClient kubernetes = new KubernetesClientBuilder().build();
      Cluster cluster = new Cluster(kubernetes, MODELS);
      Flights flights = Flights.ofSample(settings.root(), FLIGHTS);
      User user = new User(settings.root(), MODELS);
      Actors actors =
          new Actors(
              settings,
              kubernetes,
              cluster,
              flights,
              user,
              new Client(cluster, settings.entry(), flights),
              new OperatorPods(kubernetes, OPERATOR));
      actors.install();
      return actors;
    }

    private void install() {
      Instant start = Instant.now();
      for (String namespace : List.of(OPERATOR, MODELS)) {
        user.applies(
            """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: %s
              labels: {pod-security.kubernetes.io/enforce: restricted}
            """
                .formatted(namespace));
      }
      user.helm(Installation.install(settings));
      // Of a run before this one, on a cluster that was kept.
      user.kubectl("delete", "fdm", "--all", "--wait=false");
      user.kubectl("apply", "-f", "crds/examples/flight-delay-models.yaml");
      say("%s is installed".formatted(settings.chart().getFileName()), start);
    }
  }

  /** Where the operator runs. */
  static final String OPERATOR = "flight-delay-system";

  /** Where the models are. */
  static final String MODELS = "flights";

  /** helm's arguments for the release as the stories have it, and more or other values. */
  static String[] install(Settings settings, String... more) {
    return with(settings, List.of("upgrade", "--install", "--wait", "--timeout=4m"), more);
  }

  /** helm's arguments for what the release would be with more or other values. */
  static String[] template(Settings settings, String... more) {
    return with(settings, List.of("template"), more);
  }

  private static String[] with(Settings settings, List<String> command, String... more) {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(
        List.of(
            RELEASE,
            settings.chart().toString(),
            "--namespace=" + OPERATOR,
            "--set=watch.namespaces={%s}".formatted(MODELS),
            "--set=gateway.enabled=true",
            "--set=gateway.className=" + settings.gatewayClass(),
            "--set=gateway.namespace=" + MODELS));
    if (!settings.registry().isEmpty()) {
      arguments.add(
          "--set=image.repository=%s/flight-delay-operator".formatted(settings.registry()));
      arguments.add(
          "--set=predictor.image=%s/flight-delay-predictor".formatted(settings.registry()));
    }
    settings
        .hostAddress()
        .ifPresent(
            address -> arguments.add("--set=predictor.modelAllowedHosts={%s}".formatted(address)));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    context.getStore(STORE).put(Instant.class, Instant.now());
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    String outcome =
        context
            .getExecutionException()
            .map(
                e ->
                    e instanceof org.opentest4j.TestAbortedException
                        ? "SKIPPED: " + e.getMessage()
                        : "FAILED")
            .orElse("ok");
    say(
        "%s: %s %s"
            .formatted(
                context.getRequiredTestClass().getSimpleName(), context.getDisplayName(), outcome),
        context.getStore(STORE).get(Instant.class, Instant.class));
  }

  /** A line of progress, which e2e/run shows. */
  static void say(String line, Instant since) {
    System.out.printf(
        "e2e: %s (%.1f s)%n", line, Duration.between(since, Instant.now()).toMillis() / 1e3);
  }

  private static final Map<Class<?>, java.util.function.Function<Actors, Object>> GIVEN =
      Map.of(
          Settings.class, Actors::settings,
          Cluster.class, Actors::cluster,
          Flights.class, Actors::flights,
          User.class, Actors::user,
          Client.class, Actors::client,
          OperatorPods.class, Actors::operator);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return GIVEN.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Optional.of(GIVEN.get(parameter.getParameter().getType()))
        .map(given -> given.apply(actors(context)))
        .orElseThrow();
  }
}
