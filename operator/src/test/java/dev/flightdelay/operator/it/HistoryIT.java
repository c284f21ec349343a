package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.ClusterState;
import dev.flightdelay.operator.cluster.FakeIngressController;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a model comes to depends on what it says now, not on what it said before. */
class HistoryIT {
  private static final Duration SETTLED = Duration.ofSeconds(1);

  /** Which edits are made, and how fast; fixed, so that a failure is the change's that shows it. */
  private static final long SEED = Long.getLong("history.seed", 36810128438762L);

  /** How many seeds from there on. */
  private static final int CHAINS = Integer.getInteger("history.chains", 1);

  private static OperatorEnvironment environment;

  /** A changed class or host waits for an address. */
  private static FakeIngressController controller;

  @BeforeAll
  static void start() {
    environment =
        OperatorEnvironment.start(
            "history",
            Map.of(
                "OPERATOR_ALLOWEDIMAGES", "registry.example/*",
                "OPERATOR_ALLOWEDSERVICEACCOUNTS", "default",
                "OPERATOR_ALLOWEDTOLERATIONS", "gpu",
                "OPERATOR_ALLOWEDNODESELECTORS", "disk"));
    controller = new FakeIngressController(environment.server(), environment.namespace());
  }

  @AfterAll
  static void stop() {
    controller.close();
    environment.close();
  }

  /**
   * Each a field, or a group of fields that belong together, with values other than the defaults.
   */
  private static final List<String> OPTIONS =
      List.of(
          "autoscaling: {minReplicas: 1, maxReplicas: 3, targetCPUUtilizationPercentage: 50, scaleDownStabilizationSeconds: 60}",
          "autoscaling: {mode: None, minReplicas: 2}",
          "autoscaling: {mode: External}",
          "expose: {type: None}",
          "expose: {host: flights.example, ingressClassName: other, tlsSecretName: tls}",
          "auth: {apiKeySecret: keys, jwt: {issuer: 'https://a.example', jwksUri: 'https://a.example/keys', audiences: [flights], allowed: [{claim: sub, values: [a]}]}, ldap: {url: 'ldaps://ldap.example', bindDn: 'uid={0}', groupDn: 'cn=a'}}",
          "cors: {origins: ['https://a.example', 'http://localhost:3000']}",
          "limits: {inFlight: 5, requestsPerSecondPerCaller: 6, connections: 7}",
          "drainSeconds: 2",
          "predictor: {image: registry.example/other, serviceAccountName: default}",
          "predictor: {imagePullSecrets: [{name: a}, {name: b}], nodeSelector: {disk: ssd}}",
          "predictor: {resources: {requests: {cpu: 250m, memory: 300Mi}, limits: {memory: 300Mi, ephemeral-storage: 1Gi}}}",
          "predictor: {tolerations: [{key: gpu, operator: Exists}], topologySpreadConstraints: [{topologyKey: zone}]}");

  @Test
  void forgetsFieldsThatAreRemoved() {
    Map<String, String> options = new LinkedHashMap<>();
    OPTIONS.stream()
        .filter(line -> !line.startsWith("drainSeconds"))
        .forEach(line -> options.put("o" + (options.size() + 1) + "x", line));
    environment.apply(plain("plain"));
    options.forEach((name, option) -> environment.apply(plain(name).with(option)));
    environment.awaitReady("plain");
    options.keySet().forEach(environment::awaitReady);
    environment.awaitQuiet(SETTLED);
    ClusterState plain = environment.state("plain");
    Map<String, ClusterState> with = environment.states(options.keySet());
    options.forEach((name, option) -> assertThat(with.get(name)).as(option).isNotEqualTo(plain));

    options.keySet().forEach(name -> environment.apply(plain(name)));

    await("all options set and removed")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              Map<String, ClusterState> without = environment.states(options.keySet());
              // Now: it is looked at again as well.
              ClusterState asNow = environment.state("plain");
              options.forEach(
                  (name, option) ->
                      assertThat(without.get(name).changedFrom(asNow))
                          .as(option + " set and removed")
                          .isEmpty());
            });
    options.keySet().forEach(environment::delete);
    environment.delete("plain");
  }

  private static Model plain(String name) {
    return Model.named(name).version("v1", 100).with("drainSeconds: 1");
  }

  @Test
  void endsTheSameWhateverCameBefore() throws InterruptedException {
    for (long seed = SEED; seed < SEED + CHAINS; seed++) {
      endsTheSameWhateverCameBefore(seed);
    }
  }

  private static void endsTheSameWhateverCameBefore(long seed) throws InterruptedException {
    Random random = new Random(seed);
    Random pauses = new Random(seed);
    Model last = Model.named("chain").version("v1", 100);
    for (int i = 0; i < (FaultTimes.FULL ? 20 : 8); i++) {
      last =
          Model.named("chain")
              .version("v1", 100, random.nextBoolean() ? "" : "resources: {requests: {cpu: 300m}}");
      if (random.nextBoolean()) {
        last = last.version("v2", 0);
      }
      last = last.with("drainSeconds: 1");
      for (String field : List.of("autoscaling", "expose", "auth", "limits", "predictor")) {
        List<String> options = OPTIONS.stream().filter(line -> line.startsWith(field)).toList();
        if (random.nextInt(3) == 0) {
          last = last.with(options.get(random.nextInt(options.size())));
        }
      }
      environment.apply(last);
      // Sometimes the operator is at work on an edit when the next one comes, sometimes done.
      Thread.sleep(pauses.nextInt(1000));
    }
    Model chosen = last;
    settle("chain");
    // Versions that were removed drain first.
    await("the versions of seed " + seed)
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                environment.model("chain").get().getStatus().versions().size()
                    == chosen.versions().size());
    autoscale(chosen, "chain");
    ClusterState chain = environment.state("chain");
    // Two models cannot have one host.
    environment.delete("chain");
    await().atMost(Duration.ofSeconds(30)).until(() -> environment.model("chain").get() == null);
    environment.apply(new Model("fresh", chosen.versions(), chosen.lines()));
    settle("fresh");
    autoscale(chosen, "fresh");

    assertThat(chain.changedFrom(environment.state("fresh")))
        .as("-Dhistory.seed=%d: differs from a fresh model", seed)
        .isEmpty();
    environment.delete("fresh");
  }

  /**
   * Does the work of the autoscaler that the pods are left to. With a mode other than None their
   * number is the autoscaler's, who keeps it when the mode changes: this is the one thing where
   * what came before counts, and none of the operator's.
   */
  private static void autoscale(Model model, String name) {
    if (model.lines().stream().noneMatch(line -> line.contains("mode: None"))) {
      environment.list(Deployment.class).stream()
          .filter(deployment -> deployment.getMetadata().getName().startsWith(name + "-"))
          .forEach(deployment -> environment.client().resource(deployment).scale(2));
      await("two pods of each version of " + name)
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  environment.model(name).get().getStatus().versions().stream()
                      .allMatch(version -> version.readyReplicas() == 2));
    }
    settle(name);
  }

  private static void settle(String name) {
    environment.awaitReady(name);
    environment.awaitQuiet(SETTLED);
  }
}
