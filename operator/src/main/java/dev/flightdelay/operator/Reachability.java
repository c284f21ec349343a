package dev.flightdelay.operator;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that the API server is away, and that it is back: a line a minute, whatever number of
 * requests and watches it cuts. What each of them would say is not logged.
 */
final class Reachability implements Interceptor {

  private static final Logger log = LoggerFactory.getLogger(Reachability.class);

  private static final Duration NEXT_LINE = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private boolean away;
  private long since;
  private long lastLine;

  Reachability() {
    this(System::nanoTime);
  }

  Reachability(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastLine = nanoTime.getAsLong() - NEXT_LINE.toNanos();
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    if (failure instanceof IOException) {
      failed(failure);
    }
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    answered();
  }

  private synchronized void failed(Throwable failure) {
    long now = nanoTime.getAsLong();
    if (!away) {
      away = true;
      since = now;
    }
    if (now - lastLine >= NEXT_LINE.toNanos()) {
      lastLine = now;
      log.atWarn()
          .addKeyValue("error", failure.toString())
          .addKeyValue("seconds", Duration.ofNanos(now - since).toSeconds())
          .log("the API server is away; everything is tried again");
    }
  }

  private synchronized void answered() {
    if (away) {
      away = false;
      if (lastLine - since >= 0) {
        log.atInfo()
            .addKeyValue("seconds", Duration.ofNanos(nanoTime.getAsLong() - since).toSeconds())
            .log("the API server answers again");
      }
    }
  }
}
