package dev.flightdelay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes the real pods as the chart says, and has what its queries ask for. */
@Story
@Order(3)
class PrometheusStory {

  private static final String MODEL = "watched";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Nothing has failed here, so these have no data. */
  private static final List<String> ONLY_WHERE_SOMETHING_FAILED =
      List.of(
          "outcome=\"5xx\"",
          "predictor_requests_failed",
          "reconciliations_failure",
          "reconciliations_retries");

  @TempDir static Path folder;

  private static Prometheus prometheus;

  private final User user;
  private final Client client;
  private final Cluster cluster;
  private final OperatorPods operator;

  PrometheusStory(User user, Client client, Cluster cluster, OperatorPods operator) {
    this.cluster = cluster;
    this.user = user;
    this.client = client;
    this.operator = operator;
  }

  @BeforeAll
  static void scrape(Settings settings, User user, OperatorPods operator) throws IOException {
    prometheus = Prometheus.start(settings, user, operator.namespace(), folder);
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @Test
  void everyQueryOfTheDashboardAndTheAlertsHasItsData(Settings settings) throws IOException {
    user.applies(
        Model.small(MODEL)
            .version("v1", SampleModel.V1, 90)
            .version("v2", SampleModel.V2, 10)
            .behindTheGateway()
            .yaml());
    user.waitsUntilReady(MODEL);
    operator.awaitComplete(2);
    JsonNode dashboard =
        JSON.readTree(
            settings
                .root()
                .resolve("helm/flight-delay-operator/dashboards/flight-delay.json")
                .toFile());
    Set<String> queries = new TreeSet<>(dashboard.findValuesAsText("expr"));
    assertThat(queries).as("the dashboard's queries").hasSizeGreaterThan(10);

    Set<String> waiting = new TreeSet<>(queries);
    Set<String> recorded = new TreeSet<>(prometheus.recordedNames());
    assertThat(recorded).as("the recording rules").isNotEmpty();
    await("every query has data")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              prometheus.discover(cluster.client());
              // So that the operator has had something to do within the last half minute.
              user.kubectl("delete", "pdb", MODEL + "-v1", "--ignore-not-found");
              client.asks(MODEL, 10);
              client.asksWithHeader(MODEL, "v2");
              waiting.removeIf(
                  query -> prometheus.hasData(query) || onlyWhereSomethingFailed(query));
              recorded.removeIf(
                  query -> prometheus.hasData(query) || onlyWhereSomethingFailed(query));
              assertThat(waiting).as("queries of the dashboard without data").isEmpty();
              assertThat(recorded).as("recorded series without data").isEmpty();
            });

    // Each group has its own moment of the interval.
    await("every rule is evaluated")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(prometheus.brokenRules())
                    .as("rules that cannot be evaluated")
                    .isEmpty());
    assertThat(prometheus.firing()).as("alerts of a cluster that is well").isEmpty();
    // So much a query that may be empty must do: be understood.
    queries.forEach(prometheus::hasData);
    List<String> models = new ArrayList<>();
    prometheus
        .query("count by (model, version) (predictor_model_info{model=\"watched\"})")
        .forEach(
            series ->
                models.add(
                    series.at("/metric/model").asText()
                        + " "
                        + series.at("/metric/version").asText()));
    assertThat(models).containsExactlyInAnyOrder("watched v1", "watched v2");
    user.kubectl("delete", "fdm", MODEL, "--wait=false");
  }

  private static boolean onlyWhereSomethingFailed(String query) {
    return ONLY_WHERE_SOMETHING_FAILED.stream().anyMatch(query::contains)
        && !query.contains(" or ");
  }
}
