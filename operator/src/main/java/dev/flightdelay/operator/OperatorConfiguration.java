package dev.flightdelay.operator;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.cache.KeptFields;
import dev.flightdelay.operator.health.InformerWatchdog;
import dev.flightdelay.operator.health.InformersHealth;
import dev.flightdelay.operator.health.LeaseWatch;
import dev.flightdelay.operator.health.NamespacesHealth;
import dev.flightdelay.operator.health.WatchdogSchedule;
import dev.flightdelay.operator.lanes.Lanes;
import dev.flightdelay.operator.leader.Election;
import dev.flightdelay.operator.leader.LeaderHttpClientFactory;
import dev.flightdelay.operator.leader.Leadership;
import dev.flightdelay.operator.leader.LeaseClient;
import dev.flightdelay.operator.leader.LeaseTimes;
import dev.flightdelay.operator.namespaces.NamespaceEvents;
import dev.flightdelay.operator.namespaces.NamespaceReader;
import dev.flightdelay.operator.namespaces.NamespaceWatch;
import dev.flightdelay.operator.namespaces.StartCheck;
import dev.flightdelay.operator.namespaces.WatchedNamespaces;
import dev.flightdelay.operator.reconcile.CacheAudit;
import dev.flightdelay.operator.reconcile.FlightDelayModelReconciler;
import dev.flightdelay.operator.reconcile.NewestFirst;
import dev.flightdelay.operator.reconcile.ReadyModels;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.monitoring.AggregatedMetrics;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.ContextClosedEvent;

/** The operator's parts, and how the SDK is set up: the only place that knows. */
@Configuration(proxyBeanMethods = false)
class OperatorConfiguration {

  private static final Logger log = LoggerFactory.getLogger(OperatorConfiguration.class);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  /** After a start there may be thousands of pods to ask, all of which a policy may hide. */
  private static final int PODS_ASKED_AT_ONCE = 128;

  /** In which everything that ten thousand models have is read, from an API server that is busy. */
  private static final Duration READ_ALL_WITHIN = Duration.ofMinutes(4);

  private static final int LOOKS_PER_RESYNC = 20;

  private static final Duration MAX_RETRY_INTERVAL = Duration.ofSeconds(60);

  /** A rollout of the operator must not cut a reconciliation in two. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

  @Bean
  LeaseTimes leaseTimes(OperatorSettings settings) {
    return settings.lease();
  }

  @Bean
  Leadership ownLeadership(OperatorSettings settings) {
    return settings.leaderElection()
        ? Leadership.elected(settings.lease())
        : Leadership.undisputed(settings.lease());
  }

  @Bean
  Reachability reachability() {
    return new Reachability();
  }

  @Bean(destroyMethod = "close")
  @Primary
  KubernetesClient kubernetesClient(Leadership leadership, Reachability reachability) {
    ObjectMapper mapper =
        new ObjectMapper()
            // A newer CRD's value, read by an older operator, must not stop the informers.
            .configure(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL, true)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .registerModule(new KeptFields());
    return new KubernetesClientBuilder()
        .withConfig(configuration().build())
        .withHttpClientFactory(new LeaderHttpClientFactory(leadership))
        .withKubernetesSerialization(new KubernetesSerialization(mapper, true))
        .withHttpClientBuilderConsumer(
            http -> {
              http.addOrReplaceInterceptor("retry-after", new RetryAfter());
              http.addOrReplaceInterceptor("reachability", reachability);
            })
        .build();
  }

  /**
   * Each request of which is one try, and is given up in time for another: for what is asked again
   * and again, and by who does not lead too.
   */
  @Bean(name = "oneTry", destroyMethod = "close")
  KubernetesClient oneTry(OperatorSettings settings, Reachability reachability) {
    int timeout = Math.toIntExact(settings.lease().requestTimeout().toMillis());
    return new KubernetesClientBuilder()
        .withConfig(
            configuration()
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(timeout)
                .withConnectionTimeout(timeout)
                .build())
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("reachability", reachability))
        .build();
  }

  /**
   * A connection that is dead and not closed goes with its first request; one of HTTP/2 would be
   * kept for as long as the kernel tries.
   */
  private static ConfigBuilder configuration() {
    return new ConfigBuilder(Config.autoConfigure(null)).withHttp2Disable(true);
  }

  @Bean
  WatchedNamespaces watchedNamespaces(OperatorSettings settings) {
    return new WatchedNamespaces(settings.namespaces());
  }

  @Bean
  NamespaceReader namespaceReader(@Qualifier("oneTry") KubernetesClient oneTry) {
    return new NamespaceReader(oneTry, FlightDelayModelReconciler::kinds);
  }

  /** What has not been asked when the operator ends is of no use. */
  @Bean(destroyMethod = "shutdownNow")
  ExecutorService podQuestions() {
    return new ThreadPoolExecutor(
        PODS_ASKED_AT_ONCE,
        PODS_ASKED_AT_ONCE,
        0,
        TimeUnit.SECONDS,
        new NewestFirst(),
        Thread.ofVirtual().factory());
  }

  @Bean
  FlightDelayModelReconciler reconciler(
      OperatorSettings settings,
      KubernetesClient client,
      ExecutorService podQuestions,
      Leadership leadership,
      WatchedNamespaces namespaces) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    return new FlightDelayModelReconciler(
        settings.planSettings(),
        settings.resync(),
        client,
        http,
        podQuestions,
        Clock.systemUTC(),
        leadership,
        namespaces);
  }

  /** Told before any bean is taken down. */
  @Bean
  ApplicationListener<ContextClosedEvent> stopping(FlightDelayModelReconciler reconciler) {
    return _ -> reconciler.stopping();
  }

  @Bean
  Gauge leads(Leadership leadership, MeterRegistry meters) {
    return Gauge.builder("flightdelay.operator.leads", () -> leadership.leads() ? 1 : 0)
        .description("1 in the replica that reconciles, else 0")
        .strongReference(true)
        .register(meters);
  }

  @Bean
  ReadyModels readyModels(FlightDelayModelReconciler reconciler, PrometheusMeterRegistry meters) {
    ReadyModels models = new ReadyModels(reconciler);
    meters.getPrometheusRegistry().register(models);
    return models;
  }

  @Bean
  @ConditionalOnProperty(
      name = "operator.leader-election",
      havingValue = "true",
      matchIfMissing = true)
  LeaseClient lease(OperatorSettings settings, @Qualifier("oneTry") KubernetesClient oneTry) {
    return new LeaseClient(
        oneTry, settings.namespace(), OperatorSettings.LEASE, identity(), settings.lease());
  }

  /** Where there is an election; the operator needs it, and so is stopped before. */
  @Bean(destroyMethod = "leave")
  @ConditionalOnBean(LeaseClient.class)
  Election election(OperatorSettings settings, LeaseClient lease, Leadership leadership) {
    return new Election(lease, settings.lease(), leadership, OperatorConfiguration::end);
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnBean(LeaseClient.class)
  LeaseWatch leaseWatch(OperatorSettings settings, LeaseClient lease) {
    LeaseWatch watch = new LeaseWatch(lease::read);
    watch.start(settings.lease().duration());
    return watch;
  }

  /**
   * By which this replica takes part in the election: its pod's name, so that people see who leads,
   * and that a container that is started again in its pod goes on at once.
   */
  private static String identity() {
    String pod = System.getenv("HOSTNAME");
    return pod == null || pod.isBlank() ? UUID.randomUUID().toString() : pod;
  }

  /** Without anything that runs at the end of a process: it might write. */
  private static void end(String why) {
    log.error(why);
    Runtime.getRuntime().halt(1);
  }

  @Bean
  NamespaceWatch namespaceWatch(
      OperatorSettings settings,
      WatchedNamespaces namespaces,
      NamespaceReader reader,
      FlightDelayModelReconciler reconciler,
      KubernetesClient client,
      Leadership leadership) {
    return new NamespaceWatch(
        namespaces,
        reader::readAll,
        reader::readModels,
        reconciler,
        new NamespaceEvents(
            client, settings.namespace(), identity(), leadership::leads, Clock.systemUTC()));
  }

  /** It needs the election, and so is stopped before. */
  @Bean(destroyMethod = "stop")
  OperatorRun operatorRun(
      OperatorSettings settings,
      KubernetesClient client,
      FlightDelayModelReconciler reconciler,
      WatchedNamespaces namespaces,
      NamespaceReader reader,
      NamespaceWatch watch,
      ObjectProvider<Election> election,
      MeterRegistry meters) {
    Metrics metrics = MicrometerMetricsV2.newBuilder(meters).build();
    Optional<Election> elected = Optional.ofNullable(election.getIfAvailable());
    return new OperatorRun(
        new StartCheck(namespaces, reader::readAll),
        () -> operator(settings, client, reconciler, namespaces, metrics),
        () -> {
          reconciler.started();
          watch.start(settings.resync().dividedBy(LOOKS_PER_RESYNC));
          // Once the caches are filled: who cannot work must not lead.
          elected.ifPresent(
              it ->
                  it.start(
                      () -> {
                        reconciler.known();
                        watch.tell();
                      }));
        },
        OperatorConfiguration::end);
  }

  /** Once its health can be asked for. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> operatorStart(OperatorRun run) {
    return _ -> run.start();
  }

  private static Operator operator(
      OperatorSettings settings,
      KubernetesClient client,
      FlightDelayModelReconciler reconciler,
      WatchedNamespaces namespaces,
      Metrics metrics) {
    Lanes lanes = new Lanes();
    reconciler.runsIn(lanes);
    Operator operator =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withMetrics(new AggregatedMetrics(List.of(metrics, lanes.events())))
                    .withExecutorService(lanes)
                    .withCacheSyncTimeout(READ_ALL_WITHIN)
                    .withReconciliationTerminationTimeout(STOP_WITHIN)
                    .withUseSSAToPatchPrimaryResource(true)
                    // What is read from the caches is not written to.
                    .withCloneSecondaryResourcesWhenGettingFromCache(false));
    RegisteredController<FlightDelayModel> registered =
        operator.register(
            reconciler,
            controller -> {
              controller
                  // Without an end: an outage of any length must not park a model.
                  .withRetry(
                      new GenericRetry()
                          .setInitialInterval(FIRST_RETRY.toMillis())
                          .setIntervalMultiplier(2)
                          .setMaxInterval(MAX_RETRY_INTERVAL.toMillis())
                          .withoutMaxAttempts())
                  .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(1), 5))
                  .withReconciliationMaxInterval(settings.resync());
              if (namespaces.all()) {
                controller.watchingAllNamespaces();
              } else {
                controller.settingNamespaces(namespaces.open());
              }
            });
    // Beneath the controller: its own change of namespaces halts it, and forgets what runs then.
    reconciler.namespacesBy(
        ((Controller<FlightDelayModel>) registered).getEventSourceManager()::changeNamespaces);
    return operator;
  }

  @Bean("informers")
  InformersHealth informersHealth(OperatorRun run) {
    return new InformersHealth(run::running);
  }

  @Bean("namespaces")
  NamespacesHealth namespacesHealth(WatchedNamespaces namespaces) {
    return new NamespacesHealth(namespaces);
  }

  /** One for each namespace that is to be served by name. */
  @Bean
  MeterBinder namespacesServed(WatchedNamespaces namespaces) {
    return meters -> {
      if (!namespaces.all()) {
        for (String namespace : namespaces.asked()) {
          Gauge.builder(
                  "flightdelay.operator.namespace.served",
                  () -> namespaces.isOpen(namespace) ? 1 : 0)
              .description("1 where the models of the namespace are looked after, else 0")
              // Not "namespace": that is the operator's own, which Prometheus adds.
              .tag("model_namespace", namespace)
              .strongReference(true)
              .register(meters);
        }
      }
    };
  }

  @Bean
  CacheAudit cacheAudit(
      KubernetesClient client,
      FlightDelayModelReconciler reconciler,
      WatchedNamespaces namespaces) {
    return new CacheAudit(reconciler, client, namespaces);
  }

  @Bean("watchdog")
  InformerWatchdog watchdog(CacheAudit audit) {
    return new InformerWatchdog(audit::differences, audit::isBehind);
  }

  @Bean(destroyMethod = "close")
  WatchdogSchedule watchdogSchedule(
      OperatorSettings settings, InformerWatchdog watchdog, CacheAudit audit) {
    return new WatchdogSchedule(watchdog, settings.resync().dividedBy(2), audit::objects);
  }
}
