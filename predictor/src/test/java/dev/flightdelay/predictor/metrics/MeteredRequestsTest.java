package dev.flightdelay.predictor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.LinearModel;
import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.scoring.RequestMetrics;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.model.Signature;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MeteredRequestsTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MeteredRequests metrics = new MeteredRequests(registry);

  @Test
  void countsRequestsByDialectOutcomeAndVersionInTheBucketsOfTheObjectives() {
    metrics.serving(Models.unnamed37().served());
    RequestMetrics.Series series = metrics.series("array");

    series.answered(200, 3_000_000, null);
    series.answered(200, 60_000_000, null);
    series.answered(413, 1_000, null);

    String request =
        "predictor_requests_seconds_%s{dialect=\"array\",outcome=\"%s\",version=\"v1\"%s} %s";
    for (String bucket :
        List.of("0.005 1", "0.01 1", "0.025 1", "0.05 1", "0.1 2", "0.25 2", "+Inf 2")) {
      String[] parts = bucket.split(" ");
      assertThat(lines())
          .contains(request.formatted("bucket", "2xx", ",le=\"" + parts[0] + "\"", parts[1]));
    }
    assertThat(lines()).contains(request.formatted("count", "2xx", "", "2"));
    assertThat(lines()).contains(request.formatted("count", "4xx", "", "1"));
  }

  @Test
  void countsAnswersForObjectivesThatTakeNoHistogram() {
    metrics.serving(Models.unnamed37().served());

    metrics.series("array").answered(200, 1_000, null);
    metrics.series("array").answered(200, 1_000, null);
    metrics.series("array").answered(503, 1_000, null);

    String answers = "predictor_answers_total{dialect=\"array\",outcome=\"%s\",version=\"v1\"} %s";
    assertThat(lines()).contains(answers.formatted("2xx", "2.0"), answers.formatted("5xx", "1.0"));
  }

  @Test
  void countsRowsClassesAndProbabilities() {
    metrics.serving(Models.unnamed37().served());
    double[] rows = new double[3 * 37];
    rows[12] = 1;
    Scores scores = Models.unnamed37().score(new Rows(rows, 3, 37), true, false);

    metrics.series("data").answered(200, 1000, scores);

    assertThat(lines())
        .contains(
            "predictor_rows_total 3.0",
            "predictor_predictions_total{class=\"1\"} 1.0",
            "predictor_predictions_total{class=\"0\"} 2.0",
            "predictor_score_bucket{le=\"0.2\"} 0",
            "predictor_score_bucket{le=\"0.3\"} 2",
            "predictor_score_bucket{le=\"0.8\"} 3",
            "predictor_score_count 3");
  }

  @Test
  void saysWhichModelIsServed() {
    metrics.serving(Models.unnamed37().served());
    System.gc();

    assertThat(lines())
        .contains(
            "predictor_model_info{estimator=\"LogisticRegression\",sha256=\""
                + LinearModel.SHA256
                + "\",version=\"v1\"} 1");
  }

  @Test
  void showsHowManyAreInFlight() {
    metrics.inFlight(() -> 7);

    assertThat(lines()).contains("predictor_requests_in_flight 7.0");
  }

  @Test
  void countsValuesOfRegressors() {
    metrics.serving(Models.sumOfTwo().served());
    Scores scores =
        Models.sumOfTwo().score(new Rows(new double[] {1, 2, -5, 1}, 2, 2), true, false);

    metrics.series("data").answered(200, 1000, scores);

    assertThat(lines())
        .contains(
            "predictor_score_bucket{le=\"-10.0\"} 0",
            "predictor_score_bucket{le=\"-1.0\"} 1",
            "predictor_score_bucket{le=\"2.0\"} 1",
            "predictor_score_bucket{le=\"5.0\"} 2",
            "predictor_score_count 2");
  }

  @Test
  void countsEachOutputOfAClassifierThatHasSeveral() {
    Signature signature =
        Signature.of("MultiOutputClassifier", "scikit-learn", Optional.empty(), Features.unnamed(1))
            .classes(
                List.of(
                    new Labels(Labels.Kind.INTEGER, List.of(0L, 1L)),
                    new Labels(Labels.Kind.TEXT, List.of("early", "late", "on time"))))
            .hasProbabilities(true)
            .build();
    metrics.serving(served(signature));
    double[] probabilities = {0.75, 0.25, 0.05, 0.05, 0.9, 0.5, 0.5, 0.6, 0.3, 0.1};

    metrics
        .series("data")
        .answered(
            200, 1000, new Scores(2, new int[] {0, 2, 1, 0}, null, probabilities, null, null));

    assertThat(lines())
        .contains(
            "predictor_predictions_total{class=\"0\"} 1.0",
            "predictor_predictions_total{class=\"1\"} 1.0",
            "predictor_predictions_total{class=\"early\"} 1.0",
            "predictor_predictions_total{class=\"on time\"} 1.0",
            "predictor_score_bucket{le=\"0.5\"} 1",
            "predictor_score_bucket{le=\"0.8\"} 3",
            "predictor_score_count 4");
  }

  private static ServedModel served(Signature signature) {
    Model model =
        new Model() {
          @Override
          public Signature signature() {
            return signature;
          }

          @Override
          public void score(Rows rows, int from, int to, Scores scores) {
            throw new UnsupportedOperationException("it is only counted here");
          }
        };
    return new ServedModel(
        "flights",
        "v1",
        LinearModel.SHA256,
        "file:model.pkl",
        model,
        new RowBudget(RowCost.of(40), RowBudget.DEFAULT_MAX_COST));
  }

  @Test
  void boundsTheClassesThatAreNamed() {
    Labels labels = new Labels(Labels.Kind.INTEGER, LongStream.range(0, 1000).boxed().toList());
    double[] weights = new double[37];
    metrics.serving(LinearModel.classifier(Features.unnamed(37), labels, weights, 0).served());

    assertThat(Arrays.stream(registry.scrape().split("\n")))
        .filteredOn(line -> line.startsWith("predictor_predictions_total"))
        .hasSize(101);
  }

  private List<String> lines() {
    return List.of(registry.scrape().split("\n"));
  }
}
