package dev.flightdelay.predictor.serve;

import dev.flightdelay.predictor.auth.Authentication;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import dev.flightdelay.predictor.dataplane.DataPlane;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.admission.Gate;
import dev.flightdelay.predictor.dataplane.route.Aliases;
import dev.flightdelay.predictor.management.ManagementApplication;
import dev.flightdelay.predictor.metrics.DeferredMetrics;
import dev.flightdelay.predictor.metrics.MeteredRequests;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.page.ModelPages;
import dev.flightdelay.predictor.reader.ModelReader;
import dev.flightdelay.predictor.reader.ModelReader.ReadModel;
import dev.flightdelay.predictor.settings.PredictorSettings;
import dev.flightdelay.predictor.source.FetchedModel;
import dev.flightdelay.predictor.source.ModelFetcher;
import dev.flightdelay.predictor.source.store.Stores;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.web.server.PortInUseException;

/**
 * Serves one model: opens the port, gets the model, and starts the control plane beside them.
 *
 * <p>In this order because people wait for the first answer, and Spring takes longer than all of
 * the rest together.
 */
public final class Serve {

  private static final Duration DRAIN = Duration.ofSeconds(20);

  /** On one core the control plane's start would take half of it from whoever calls first. */
  private static final Duration FIRST_CALLER = Duration.ofMillis(500);

  private Serve() {}

  /** Returns when the model is served and the control plane is up; the server goes on. */
  public static void run(PredictorSettings settings) {
    // Netty's first logger would otherwise load a logging library before the port is open.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    AtomicReference<String> waiting = new AtomicReference<>("the model is being read");
    DeferredMetrics metrics = new DeferredMetrics();
    DataPlane dataPlane = open(settings, gate(settings), waiting, metrics);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> dataPlane.drain(DRAIN), "data-plane-drain"));

    FetchedModel file =
        new ModelFetcher(settings.fetch(), state -> waiting.set(state.sentence()), Stores::open)
            .fetch(settings.location(), settings.sha256());
    ReadModel read = ModelReader.read(file.bytes(), settings.entry(), settings.maxRowCost());
    ServedModel served =
        new ServedModel(
            settings.modelName(),
            settings.modelVersion(),
            file.sha256(),
            file.source(),
            read.model(),
            read.budget());
    dataPlane.serve(served, new ModelPages(served, settings.authentication().documented()));
    System.out.println(
        StartLine.of(served, file.verified(), dataPlane.address(), settings, uptime()));

    metrics.awaitPrediction(FIRST_CALLER);
    logRow(read);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    metrics.attach(new MeteredRequests(registry));
    startManagement(settings, served, registry);
  }

  /** Before the port is open: who may not call must not be answered, not even for a moment. */
  private static Gate gate(PredictorSettings settings) {
    Callers callers = new Callers(settings.authentication().perCaller());
    try {
      return Gate.of(
          Authentication.of(settings.authentication(), settings.fetch().allowedHosts(), callers),
          callers,
          settings.authentication().perCaller().proxies(),
          settings.corsOrigins());
    } catch (AuthenticationException unusable) {
      throw new ServeException(unusable.getMessage(), unusable);
    }
  }

  private static DataPlane open(
      PredictorSettings settings,
      Gate gate,
      AtomicReference<String> waiting,
      DeferredMetrics metrics) {
    try {
      return DataPlane.open(
          new InetSocketAddress(settings.address(), settings.port()),
          DataPlaneLimits.of(
              settings.connections(),
              settings.inFlight(),
              settings.eventLoops(),
              settings.idleTime(),
              settings.predictionTime()),
          new Aliases(settings.predictRoute(), settings.healthRoute()),
          gate,
          waiting::get,
          metrics);
    } catch (IOException e) {
      throw new ServeException(e.getMessage() + "; PORT or --port= chooses another", e);
    }
  }

  /** What a row costs: whoever waits for answers later knows where the time goes. */
  private static void logRow(ReadModel read) {
    Logger log = LoggerFactory.getLogger(Serve.class);
    boolean isLong = read.rowTime().compareTo(ModelReader.LONG_ROW) > 0;
    log.atLevel(isLong ? Level.WARN : Level.INFO)
        .addKeyValue("cpuMillis", read.rowTime().toNanos() / 1000 / 1000.0)
        .addKeyValue("operations", read.budget().cost().operations())
        .addKeyValue("operationsPerLetter", read.budget().cost().perLetter())
        .log(
            isLong
                ? "a row takes long: few can be answered in a second, and callers wait"
                : "a row was scored");
  }

  private static void startManagement(
      PredictorSettings settings, ServedModel served, PrometheusMeterRegistry registry) {
    try {
      ManagementApplication.start(settings.address(), settings.managementPort(), served, registry);
    } catch (RuntimeException e) {
      throw new ServeException(
          portInUse(e)
              .map(
                  port ->
                      "the port %d of the control plane is in use; MANAGEMENT_PORT or --management-port= chooses another"
                          .formatted(port))
              .orElse("the control plane does not start: " + e),
          e);
    }
  }

  private static Optional<Integer> portInUse(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException taken) {
        return Optional.of(taken.getPort());
      }
    }
    return Optional.empty();
  }

  private static Duration uptime() {
    return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
  }
}
