package dev.flightdelay.predictor.metrics;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.dataplane.scoring.RequestMetrics;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Counts requests and predictions in a registry. Meters are looked up when a dialect, an outcome or
 * a model is first seen, and kept: a request only adds to them.
 */
public final class MeteredRequests implements RequestMetrics {

  /** The latencies that the service's objectives are stated in. */
  private static final Duration[] LATENCIES = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250)
  };

  private static final double[] PROBABILITIES = {
    0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1
  };

  private static final double[] VALUES = {
    -1000, -100, -10, -1, 0, 0.1, 0.25, 0.5, 0.75, 0.9, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000,
    10_000, 100_000
  };

  /** A label's values are few, whatever the model's classes are. */
  private static final int MAX_CLASSES = 100;

  private static final int MAX_CLASS_LENGTH = 60;

  private final PrometheusMeterRegistry registry;
  private final Counter rows;
  private final MeteredCallers callers;
  private String version = "none";
  private Predictions predictions;

  public MeteredRequests(PrometheusMeterRegistry registry) {
    this.registry = registry;
    this.callers = new MeteredCallers(registry);
    this.rows =
        Counter.builder("predictor.rows").description("Rows that were scored").register(registry);
  }

  @Override
  public void serving(ServedModel model) {
    version = model.version();
    predictions = new Predictions(model, registry);
    Gauge.builder("predictor.model.info", () -> 1)
        .description("The model that is served")
        .tags(
            "estimator",
            model.signature().estimator(),
            "sha256",
            model.sha256(),
            "version",
            model.version())
        .register(registry);
  }

  @Override
  public void inFlight(IntSupplier requests) {
    Gauge.builder("predictor.requests.in.flight", requests, IntSupplier::getAsInt)
        .description("Predictions that are being scored or wait for it")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void called(Caller caller, int status) {
    callers.called(caller, status);
  }

  @Override
  public Series series(String dialect) {
    return new DialectSeries(dialect, version, predictions);
  }

  private final class DialectSeries implements Series {

    private final String dialect;
    private final String versionThen;
    private final Predictions counted;
    private final Timer[] byOutcome = new Timer[6];

    DialectSeries(String dialect, String versionThen, Predictions counted) {
      this.dialect = dialect;
      this.versionThen = versionThen;
      this.counted = counted;
    }

    @Override
    public void answered(int status, long nanos, Scores scores) {
      // Another version of HTTP is the caller's doing, and fails nobody else.
      int outcome = status == 505 ? 4 : status / 100;
      Timer timer = byOutcome[outcome];
      if (timer == null) {
        timer = timer(outcome + "xx");
        byOutcome[outcome] = timer;
      }
      timer.record(nanos, TimeUnit.NANOSECONDS);
      if (scores != null) {
        rows.increment(scores.count());
        counted.count(scores);
      }
    }

    private Timer timer(String outcome) {
      Tags tags = Tags.of("dialect", dialect, "outcome", outcome, "version", versionThen);
      Timer timer =
          Timer.builder("predictor.requests")
              .description("From a request's first byte to its answer")
              .tags(tags)
              .serviceLevelObjectives(LATENCIES)
              .register(registry);
      // The histogram's count as a counter: Cloud Monitoring's objectives take no histogram's.
      if (registry.find("predictor.answers").tags(tags).functionCounter() == null) {
        FunctionCounter.builder("predictor.answers", timer, Timer::count)
            .description("Requests that were answered")
            .tags(tags)
            .register(registry);
      }
      return timer;
    }
  }

  /**
   * What was predicted: classes, and how sure the model was, or values. The histogram is the
   * Prometheus client's own, because Micrometer's fixed buckets round what they count up to whole
   * numbers and pass over negative ones.
   */
  private static final class Predictions {

    // By output and class; outputs that have the same class share its counter.
    private final Counter[][] byClass;
    private final boolean secondOfTwo;
    private final Histogram score;

    Predictions(ServedModel model, PrometheusMeterRegistry registry) {
      List<Labels> classes = model.signature().classes();
      this.byClass =
          classes.stream().map(labels -> counters(labels, registry)).toArray(Counter[][]::new);
      this.secondOfTwo = classes.stream().allMatch(labels -> labels.size() == 2);
      boolean scored =
          classes.isEmpty()
              ? !model.signature().transforms()
              : model.signature().hasProbabilities();
      this.score =
          scored
              ? Histogram.builder()
                  .name("predictor_score")
                  .help(
                      classes.isEmpty()
                          ? "The predicted values"
                          : secondOfTwo
                              ? "The second class's probability"
                              : "The predicted class's probability")
                  .classicOnly()
                  .withoutExemplars()
                  .classicUpperBounds(classes.isEmpty() ? VALUES : PROBABILITIES)
                  .register(registry.getPrometheusRegistry())
              : null;
    }

    private static Counter[] counters(Labels labels, PrometheusMeterRegistry registry) {
      Counter[] counters = new Counter[labels.size()];
      for (int i = 0; i < counters.length; i++) {
        counters[i] =
            Counter.builder("predictor.predictions")
                .description("Predictions by class")
                .tags(Tags.of("class", name(labels, i)))
                .register(registry);
      }
      return counters;
    }

    void count(Scores scores) {
      if (scores.labels() != null) {
        int[] labels = scores.labels();
        for (int i = 0; i < labels.length; i++) {
          byClass[i % byClass.length][labels[i]].increment();
        }
        if (scores.probabilities() != null) {
          countProbabilities(scores.probabilities());
        }
      } else if (score != null) {
        for (double value : scores.values()) {
          score.observe(value);
        }
      }
    }

    private void countProbabilities(double[] probabilities) {
      if (secondOfTwo) {
        for (int i = 1; i < probabilities.length; i += 2) {
          score.observe(probabilities[i]);
        }
        return;
      }
      int at = 0;
      while (at < probabilities.length) {
        for (Counter[] classes : byClass) {
          double most = 0;
          for (int end = at + classes.length; at < end; at++) {
            most = Math.max(most, probabilities[at]);
          }
          score.observe(most);
        }
      }
    }

    private static String name(Labels labels, int i) {
      if (i >= MAX_CLASSES) {
        return "other";
      }
      String text = labels.text(i);
      return text.length() > MAX_CLASS_LENGTH ? text.substring(0, MAX_CLASS_LENGTH) : text;
    }
  }
}
