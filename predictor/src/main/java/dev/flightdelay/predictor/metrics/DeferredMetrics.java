package dev.flightdelay.predictor.metrics;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.dataplane.scoring.RequestMetrics;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Counts that may begin before there is anything to count with: loading a metrics library takes
 * longer than opening the port, and the first caller should not wait for it. What happens until
 * {@link #attach} is kept, and then counted.
 */
public final class DeferredMetrics implements RequestMetrics {

  /** More than these requests before the metrics are there are answered but not counted. */
  private static final int KEPT = 100_000;

  private final List<Consumer<RequestMetrics>> kept = new ArrayList<>();
  private final CountDownLatch predicted = new CountDownLatch(1);
  private volatile RequestMetrics metrics;

  /** Counts with {@code target} from now on, after what happened until now. */
  public synchronized void attach(RequestMetrics target) {
    kept.forEach(event -> event.accept(target));
    kept.clear();
    metrics = target;
  }

  /** Waits until something was predicted for somebody, but no longer than {@code most}. */
  public void awaitPrediction(Duration most) {
    try {
      predicted.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void serving(ServedModel model) {
    tell(target -> target.serving(model));
  }

  @Override
  public void inFlight(IntSupplier requests) {
    tell(target -> target.inFlight(requests));
  }

  @Override
  public void called(Caller caller, int status) {
    RequestMetrics target = metrics;
    if (target != null) {
      target.called(caller, status);
    } else {
      tell(then -> then.called(caller, status));
    }
  }

  @Override
  public Series series(String dialect) {
    DeferredSeries series = new DeferredSeries();
    tell(target -> series.target = target.series(dialect));
    return series;
  }

  private void tell(Consumer<RequestMetrics> event) {
    synchronized (this) {
      if (metrics == null) {
        if (kept.size() < KEPT) {
          kept.add(event);
        }
        return;
      }
    }
    event.accept(metrics);
  }

  private final class DeferredSeries implements Series {

    private volatile Series target;

    @Override
    public void answered(int status, long nanos, Scores scores) {
      if (metrics != null) {
        target.answered(status, nanos, scores);
      } else {
        tell(ignored -> target.answered(status, nanos, scores));
        if (scores != null) {
          predicted.countDown();
        }
      }
    }
  }
}
