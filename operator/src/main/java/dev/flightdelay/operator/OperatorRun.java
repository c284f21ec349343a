package dev.flightdelay.operator;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.namespaces.StartCheck;
import dev.flightdelay.operator.namespaces.StartCheck.Verdict;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator from its start to its end, beside the ports that tell of it: an API server that is
 * away is waited for, alive and not ready. Only an answer ends a start, at once and in a sentence.
 */
final class OperatorRun {

  private static final Logger log = LoggerFactory.getLogger(OperatorRun.class);

  private static final Duration NEXT_TRY = Duration.ofSeconds(2);
  private static final Duration NEXT_LINE = Duration.ofMinutes(1);

  /** The API server's answers that another try would not change. */
  private static final Set<Integer> FINAL = Set.of(401, 403, 404);

  private final StartCheck check;
  private final Supplier<Operator> operators;
  private final Runnable started;
  private final Consumer<String> end;
  private volatile Optional<Operator> running = Optional.empty();
  private volatile boolean stopping;
  private long lastLine;

  /**
   * An operator that does not run yet.
   *
   * @param operators makes one that has not been started, for the namespaces that are open
   * @param started to be done once it runs
   * @param end ends the process, and says why
   */
  OperatorRun(
      StartCheck check, Supplier<Operator> operators, Runnable started, Consumer<String> end) {
    this.check = requireNonNull(check);
    this.operators = requireNonNull(operators);
    this.started = requireNonNull(started);
    this.end = requireNonNull(end);
    this.lastLine = System.nanoTime() - NEXT_LINE.toNanos();
  }

  /** Returns at once. */
  void start() {
    Thread.ofPlatform().name("operator-start").daemon().start(this::begin);
  }

  /** The operator, once all that it watches is known to it. */
  Optional<Operator> running() {
    return running;
  }

  private void begin() {
    while (!stopping && running.isEmpty()) {
      Optional<String> missing =
          switch (check.look()) {
            case Verdict.Start _ -> tryToStart();
            case Verdict.Wait wait -> Optional.of(wait.why());
            case Verdict.End why -> {
              end.accept("cannot start: " + why.why());
              yield Optional.of(why.why());
            }
          };
      missing.ifPresent(this::waitForIt);
    }
  }

  /** What is missing, if it does not start. */
  private Optional<String> tryToStart() {
    Operator operator = null;
    try {
      operator = operators.get();
      operator.start();
      running = Optional.of(operator);
      started.run();
      return Optional.empty();
    } catch (RuntimeException e) {
      Throwable cause = cause(e);
      if (cause instanceof KubernetesClientException refused && FINAL.contains(refused.getCode())) {
        end.accept("cannot start: " + cause.getMessage());
      }
      return Optional.of(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
  }

  private static Throwable cause(Throwable error) {
    Throwable cause = error;
    while (!(cause instanceof KubernetesClientException refused && refused.getCode() > 0)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private void waitForIt(String why) {
    if (System.nanoTime() - lastLine >= NEXT_LINE.toNanos()) {
      lastLine = System.nanoTime();
      log.atWarn()
          .addKeyValue("error", why)
          .log("not started yet: the API server does not answer as it should; it is waited for");
    }
    LockSupport.parkNanos(NEXT_TRY.toNanos());
  }

  /** Lets what is being reconciled come to its end, for some seconds. */
  void stop() {
    stopping = true;
    running.ifPresent(Operator::stop);
  }
}
