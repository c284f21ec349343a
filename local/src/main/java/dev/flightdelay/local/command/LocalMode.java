package dev.flightdelay.local.command;

import dev.flightdelay.local.api.ApiServer;
import dev.flightdelay.local.process.ChildProcesses;
import dev.flightdelay.local.proxy.ReverseProxy;
import dev.flightdelay.local.runner.PredictorCommand;
import dev.flightdelay.local.runner.Runner;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Runs it all until Ctrl-C, or with --once until the first prediction. */
public final class LocalMode {

  private static final int FAILED = 1;
  private static final int MODEL_FAILED = 2;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(6);

  /** Those that write a cache when they end take longer. */
  private static final Duration WRITE_CACHES_WITHIN = Duration.ofMinutes(3);

  private static final Duration ONCE_AT_MOST = Duration.ofMinutes(3);
  private static final long LOOK_EVERY_MILLIS = 250;

  private static final String LOOPBACK = "127.0.0.1";
  private static final String MODELS = "flightdelaymodels";
  private static final String MODEL_API = "flightdelay.dev/v1alpha1";

  private final Options options;
  private final Project project;
  private final Screen screen;
  private final StartCaches caches;
  private final ChildProcesses processes;
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final Set<String> predicted = new HashSet<>();
  private final Set<String> told = new HashSet<>();
  private final Map<Source, String> complaints = new HashMap<>();

  /** What makes the caches; null as long as nothing does. */
  private Process training;

  private boolean cachesLookedAt;

  /** Whether the work has ended by itself, and not by a signal. */
  private volatile boolean ended;

  private volatile boolean stopping;

  private LocalMode(Options options, Project project, Screen screen) {
    this.options = options;
    this.project = project;
    this.screen = screen;
    this.caches = StartCaches.here(project);
    this.processes = new ChildProcesses(caches.signalOfDeath());
  }

  /**
   * Runs local mode.
   *
   * @return the exit code: 0, 1 if something cannot be done, 2 if a model cannot be served
   */
  public static int run(List<String> arguments) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    Screen screen = new Screen(System.out, terminal);
    try {
      Project project = Project.here();
      Options options = Options.of(arguments, project.root());
      if (options.emit()) {
        System.out.print(ModelFiles.yaml(options.model(), options.models()));
        return 0;
      }
      StateFolder.prepare(options.state());
      LocalMode mode = new LocalMode(options, project, screen);
      Runtime.getRuntime().addShutdownHook(new Thread(mode::stop, "stop"));
      return mode.untilStopped();
    } catch (LocalException e) {
      System.err.println("local-up: " + e.getMessage());
      return FAILED;
    }
  }

  /** While all is stopped, whatever fails because of that says nothing and ends nothing. */
  private int untilStopped() {
    try {
      int code = serve();
      ended = true;
      return code;
    } catch (RuntimeException e) {
      synchronized (parts) {
        if (!stopping) {
          ended = true;
          throw e;
        }
      }
      // The thread that stops ends the process.
      LockSupport.park();
      return 0;
    }
  }

  private int serve() {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    ApiServer api = started(ApiServer.start(vertx, 0).toCompletionStage(), "the API");
    Path kubeconfig = Kubeconfig.write(options.state(), api.url());
    KubernetesClient client = client(kubeconfig);
    ReverseProxy proxy = new ReverseProxy(vertx, client, LOOPBACK, options.port());
    listen(proxy);

    define(client);
    OperatorProcess operator =
        OperatorProcess.start(
            processes,
            project,
            caches.options("operator"),
            kubeconfig,
            options.state().resolve("operator.log"));
    Runner runner =
        new Runner(
            client,
            processes,
            new PredictorCommand(
                Project.java(), project.predictorJar(), caches.options("predictor")),
            proxy,
            options.state().resolve("pods"),
            StateFolder.claims(options.state()));
    synchronized (parts) {
      parts.addAll(List.of(runner, proxy, client));
    }
    runner.start();
    proxy.follow();

    List<Source> sources = sources(client);
    sources.forEach(Source::applyIfChanged);
    List<String> models = sources.stream().flatMap(source -> source.models().stream()).toList();
    if (models.isEmpty()) {
      throw new LocalException(
          "there is no FlightDelayModel in what was given; ./local-up alone runs a sample");
    }
    screen.say(introduction(models, kubeconfig));
    return follow(client, new ExamplePrediction(vertx, client, options.port()), operator, sources);
  }

  private static KubernetesClient client(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setHttp2Disable(true);
    config.setRequestRetryBackoffLimit(3);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private void listen(ReverseProxy proxy) {
    try {
      proxy.listen().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof BindException) {
        throw new LocalException(
            "port %d of this machine is taken: stop what listens there, or choose another with --port"
                .formatted(options.port()),
            e);
      }
      throw e;
    }
  }

  private static <T> T started(java.util.concurrent.CompletionStage<T> stage, String what) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new LocalException(what + " cannot start: " + e.getCause().getMessage(), e);
    }
  }

  /** The kinds that a cluster has from its Gateway API and from the operator's chart. */
  private void define(KubernetesClient client) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(OperatorProcess.NAMESPACE)
                .endMetadata()
                .build())
        .create();
    try (InputStream gateway = LocalMode.class.getResourceAsStream("gateway-api.yaml");
        InputStream model = Files.newInputStream(project.definition())) {
      client.load(gateway).items().forEach(definition -> client.resource(definition).create());
      client.load(model).items().forEach(definition -> client.resource(definition).create());
    } catch (IOException e) {
      throw new LocalException(
          "the definition of FlightDelayModel cannot be read: " + e.getMessage(), e);
    }
  }

  private List<Source> sources(KubernetesClient client) {
    List<Source> sources = new ArrayList<>();
    if (options.manifests().isEmpty() && options.models().isEmpty()) {
      Sample.files(project, options.state())
          .forEach(file -> sources.add(new Manifest(client, file)));
    }
    options.manifests().forEach(file -> sources.add(new Manifest(client, file)));
    if (!options.models().isEmpty()) {
      sources.add(
          new ModelFiles(
              client, options.model(), options.models(), StateFolder.claims(options.state())));
    }
    return sources;
  }

  /** First what to click at. */
  private String introduction(List<String> models, Path kubeconfig) {
    String pages =
        models.stream()
            .map(model -> "%s: %s\n".formatted(model, ModelTable.url(model, options.port())))
            .collect(Collectors.joining());
    return pages
        + """
        Logs: %s
        kubectl --kubeconfig %s get fdm,deployments,pods
        Not shown here: CEL rules of the CRD, scheduling and resource limits, autoscaling (an autoscaler's least is
        what runs), network policies, security contexts, TLS. A file that changes is applied again. Ctrl-C stops it all.
        """
            .formatted(options.state(), kubeconfig);
  }

  private int follow(
      KubernetesClient client,
      ExamplePrediction example,
      OperatorProcess operator,
      List<Source> sources) {
    long deadline = System.nanoTime() + ONCE_AT_MOST.toNanos();
    while (true) {
      operator.check();
      sources.forEach(this::applyAgain);
      List<GenericKubernetesResource> models =
          client
              .genericKubernetesResources(MODEL_API, "FlightDelayModel")
              .inNamespace(OperatorProcess.NAMESPACE)
              .list()
              .getItems();
      screen.draw(ModelTable.lines(models, options.port()));
      models.stream()
          .flatMap(model -> ModelTable.failures(model).stream())
          .filter(told::add)
          .forEach(screen::say);
      models.stream().filter(ModelTable::isReady).forEach(model -> predict(example, model));
      if (!options.once() && !cachesLookedAt && allPredicted(sources)) {
        // Not before: it takes processors that the first answer is waiting for.
        cachesLookedAt = true;
        synchronized (parts) {
          training = caches.makeMissing(processes, options.state()).orElse(null);
        }
      }
      if (options.once()) {
        Optional<Integer> code = onceDone(models, sources);
        if (code.isPresent()) {
          return code.get();
        }
        if (System.nanoTime() > deadline) {
          throw new LocalException(
              "no prediction within %d s; look at the logs in %s"
                  .formatted(ONCE_AT_MOST.toSeconds(), options.state()));
        }
      }
      pause();
    }
  }

  /** What is wrong is said once, not at each look. */
  private void applyAgain(Source source) {
    try {
      if (source.applyIfChanged()) {
        screen.say("Applied again, because it changed.");
      }
      complaints.remove(source);
    } catch (LocalException e) {
      if (!e.getMessage().equals(complaints.put(source, e.getMessage()))) {
        screen.say("Not applied; what was applied before goes on: " + e.getMessage());
      }
    }
  }

  /** Once for each model. */
  private void predict(ExamplePrediction example, GenericKubernetesResource model) {
    String name = model.getMetadata().getName();
    if (!predicted.contains(name)) {
      example
          .of(model)
          .ifPresent(
              shown -> {
                predicted.add(name);
                screen.say("Model " + name + " answers:\n\n" + shown + "\n");
              });
    }
  }

  private Optional<Integer> onceDone(List<GenericKubernetesResource> models, List<Source> sources) {
    boolean failed =
        models.stream()
            .filter(ModelTable::isCurrent)
            .anyMatch(model -> !ModelTable.failures(model).isEmpty());
    if (failed) {
      return Optional.of(MODEL_FAILED);
    }
    return allPredicted(sources) ? Optional.of(0) : Optional.empty();
  }

  private boolean allPredicted(List<Source> sources) {
    return sources.stream()
        .flatMap(source -> source.models().stream())
        .allMatch(predicted::contains);
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Nothing is left: the runner first, or it would start again what is stopped. To be stopped by
   * Ctrl-C or SIGTERM is how it ends well, while Java would end with another code than 0.
   */
  private void stop() {
    List<AutoCloseable> open;
    synchronized (parts) {
      stopping = true;
      open = List.copyOf(parts);
      if (training != null) {
        training.destroyForcibly();
      }
    }
    screen.close();
    if (!open.isEmpty()) {
      close(open.getFirst());
    }
    processes.stopAll(caches.use() == StartCaches.Use.MADE ? WRITE_CACHES_WITHIN : STOP_WITHIN);
    open.stream().skip(1).forEach(LocalMode::close);
    if (!ended) {
      Runtime.getRuntime().halt(0);
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      System.err.println("local-up: while stopping: " + e.getMessage());
    }
  }
}
