package dev.flightdelay.operator;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightdelay.operator.cache.KeptFields;
import dev.flightdelay.operator.health.HeldLease;
import dev.flightdelay.operator.health.InformerWatchdog;
import dev.flightdelay.operator.health.Leading;
import dev.flightdelay.operator.health.WatchdogSchedule;
import dev.flightdelay.operator.reconcile.CacheAudit;
import dev.flightdelay.operator.reconcile.FlightDelayModelReconciler;
import dev.flightdelay.operator.reconcile.ReadyModels;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/** The operator's parts, and how the SDK is set up: the only place that knows. */
@Configuration(proxyBeanMethods = false)
class OperatorConfiguration {

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  /**
   * Models that are reconciled at once. All thousand of them at once, as after a start, would keep
   * an API server busy for longer than each request may take.
   */
  private static final int AT_ONCE = 32;

  private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

  /** A rollout of the operator must not cut a reconciliation in two. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

  @Bean(destroyMethod = "close")
  KubernetesClient kubernetesClient() {
    ObjectMapper mapper =
        new ObjectMapper()
            // A newer CRD's value, read by an older operator, must not stop the informers.
            .configure(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL, true)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .registerModule(new KeptFields());
    return new KubernetesClientBuilder()
        .withKubernetesSerialization(new KubernetesSerialization(mapper, true))
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("retry-after", new RetryAfter()))
        .build();
  }

  @Bean(destroyMethod = "close")
  ExecutorService podQuestions() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  @Bean
  FlightDelayModelReconciler reconciler(
      OperatorSettings settings, KubernetesClient client, ExecutorService podQuestions) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    return new FlightDelayModelReconciler(
        settings.planSettings(), client, http, podQuestions, Clock.systemUTC());
  }

  /** Told before any bean is taken down. */
  @Bean
  ApplicationListener<ContextClosedEvent> stopping(FlightDelayModelReconciler reconciler) {
    return _ -> reconciler.stopping();
  }

  @Bean
  Leading leading(OperatorSettings settings, MeterRegistry meters) {
    return new Leading(!settings.leaderElection(), meters);
  }

  @Bean
  ReadyModels readyModels(FlightDelayModelReconciler reconciler, PrometheusMeterRegistry meters) {
    ReadyModels models = new ReadyModels(reconciler);
    meters.getPrometheusRegistry().register(models);
    return models;
  }

  /** The operator needs it, and so is stopped before. */
  @Bean(destroyMethod = "release")
  HeldLease heldLease(OperatorSettings settings, KubernetesClient client) {
    return new HeldLease(settings, client);
  }

  @Bean(initMethod = "start", destroyMethod = "stop")
  Operator operator(
      OperatorSettings settings,
      KubernetesClient client,
      FlightDelayModelReconciler reconciler,
      Leading leading,
      HeldLease lease,
      MeterRegistry meters) {
    Operator operator =
        new Operator(
            overrider -> {
              overrider
                  .withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  .withMetrics(MicrometerMetricsV2.newBuilder(meters).build())
                  .withExecutorService(
                      Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory()))
                  .withReconciliationTerminationTimeout(STOP_WITHIN)
                  .withUseSSAToPatchPrimaryResource(true)
                  // What is read from the caches is not written to.
                  .withCloneSecondaryResourcesWhenGettingFromCache(false);
              if (settings.leaderElection()) {
                overrider.withLeaderElectionConfiguration(
                    LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                            OperatorSettings.LEASE)
                        .withLeaseNamespace(settings.namespace())
                        .withIdentity(lease.identity())
                        .withLeaderCallbacks(leading.callbacks())
                        .build());
              }
            });
    operator.register(
        reconciler,
        controller -> {
          controller
              // Without an end: an outage of any length must not park a model.
              .withRetry(
                  new GenericRetry()
                      .setInitialInterval(FIRST_RETRY.toMillis())
                      .setIntervalMultiplier(2)
                      .setMaxInterval(LONGEST_RETRY.toMillis())
                      .withoutMaxAttempts())
              .withRateLimiter(new LinearRateLimiter(Duration.ofSeconds(1), 5))
              .withReconciliationMaxInterval(settings.resync());
          if (settings.allNamespaces()) {
            controller.watchingAllNamespaces();
          } else {
            controller.settingNamespaces(Set.copyOf(settings.namespaces()));
          }
        });
    return operator;
  }

  @Bean("watchdog")
  InformerWatchdog watchdog(
      OperatorSettings settings, KubernetesClient client, FlightDelayModelReconciler reconciler) {
    CacheAudit audit =
        new CacheAudit(
            reconciler, client, settings.allNamespaces() ? List.of() : settings.namespaces());
    return new InformerWatchdog(audit::differences);
  }

  @Bean(destroyMethod = "close")
  WatchdogSchedule watchdogSchedule(OperatorSettings settings, InformerWatchdog watchdog) {
    return new WatchdogSchedule(watchdog, settings.resync().dividedBy(2));
  }
}
