package dev.flightdelay.operator;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Holds back an answer that asks to wait, for as long as it asks: the client's own retry (7.6.1)
 * reads Retry-After, and then goes by its backoff alone.
 */
final class RetryAfter implements Interceptor {

  private static final int TOO_MANY_REQUESTS = 429;

  /** Whatever the API server asks, a model is looked at again by then. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(60);

  @Override
  public CompletableFuture<Boolean> afterFailure(
      HttpRequest.Builder request, HttpResponse<?> response, RequestTags tags) {
    long seconds = response.code() == TOO_MANY_REQUESTS ? seconds(response) : 0;
    CompletableFuture<Boolean> notAnswered = new CompletableFuture<>();
    return seconds == 0
        ? CompletableFuture.completedFuture(false)
        : notAnswered.completeOnTimeout(false, seconds, TimeUnit.SECONDS);
  }

  /** The API server writes seconds, never a date. */
  private static long seconds(HttpResponse<?> response) {
    String retryAfter = response.header("Retry-After");
    return retryAfter == null || !retryAfter.matches("\\d{1,9}")
        ? 0
        : Math.min(Long.parseLong(retryAfter), MAX_WAIT.toSeconds());
  }
}
