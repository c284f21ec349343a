package dev.flightdelay.predictor.dataplane.admission;

import java.time.Duration;

/**
 * What a client may ask of the data plane.
 *
 * @param requestLineBytes the longest request line; above it 414
 * @param headBytes the longest request line and headers together; above it 431
 * @param bodyBytes the longest body; above it 413
 * @param bufferedBodyBytes the bodies that are arriving or wait to be scored, of all connections
 *     together; above it a long one is answered 503
 * @param maxRows the rows of one request; above it 413
 * @param headTime from a request's first byte to the end of its headers; after it 408
 * @param bodyTime from the end of the headers to the end of the body; after it 408
 * @param bodyBytesPerSecond the rate at which a body must arrive at least, after its first seconds
 * @param unusedTime how long a connection stays open before its first request is answered
 * @param idleTime how long a connection stays open between requests
 * @param writeTime how long a client may leave an answer unread without taking any of it
 * @param predictionTime how long a prediction may take on a worker from when its request was there;
 *     after it 503 where nothing of it was done, else 504
 * @param connections how many there may be; the next is answered 503 and closed, and before there
 *     are as many the longest idle are closed
 * @param inFlight predictions that are being scored or wait for it; the next is answered 503
 * @param eventLoops threads that serve connections
 * @param eventLoopBodyBytes the longest body that is read and scored on an event loop
 * @param eventLoopRows the most rows that are scored on an event loop
 */
public record DataPlaneLimits(
    int requestLineBytes,
    int headBytes,
    int bodyBytes,
    long bufferedBodyBytes,
    int maxRows,
    Duration headTime,
    Duration bodyTime,
    int bodyBytesPerSecond,
    Duration unusedTime,
    Duration idleTime,
    Duration writeTime,
    Duration predictionTime,
    int connections,
    int inFlight,
    int eventLoops,
    int eventLoopBodyBytes,
    int eventLoopRows) {

  /**
   * Longer than load balancers keep idle connections: 600 s Google's, 60 s most others. Where the
   * server closes first, a request that is on its way is lost, and its client told 502.
   */
  public static final Duration DEFAULT_IDLE_TIME = Duration.ofSeconds(620);

  /** As long as most proxies wait for an answer: what comes later reaches nobody. */
  public static final Duration DEFAULT_PREDICTION_TIME = Duration.ofSeconds(60);

  private static final Duration UNUSED_TIME = Duration.ofSeconds(75);

  public DataPlaneLimits {
    if (requestLineBytes < 64 || headBytes < requestLineBytes || bodyBytes < 1 || maxRows < 1) {
      throw new IllegalArgumentException("the limits leave no room for a request");
    }
    if (connections < 1 || inFlight < 1 || eventLoops < 1) {
      throw new IllegalArgumentException(
          "the limits of connections and requests in flight must be 1 or more");
    }
  }

  /** What holds unless somebody says otherwise. */
  public static DataPlaneLimits defaults() {
    return of(
        20_000,
        1024,
        Runtime.getRuntime().availableProcessors(),
        DEFAULT_IDLE_TIME,
        DEFAULT_PREDICTION_TIME);
  }

  /** The defaults, but for what depends on the machine. */
  public static DataPlaneLimits of(
      int connections, int inFlight, int eventLoops, Duration idleTime, Duration predictionTime) {
    int bodyBytes = 16 << 20;
    return new DataPlaneLimits(
        4 << 10,
        8 << 10,
        bodyBytes,
        Math.max(2L * bodyBytes, Runtime.getRuntime().maxMemory() / 4),
        10_000,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        1024,
        idleTime.compareTo(UNUSED_TIME) < 0 ? idleTime : UNUSED_TIME,
        idleTime,
        Duration.ofSeconds(30),
        predictionTime,
        connections,
        inFlight,
        eventLoops,
        16 << 10,
        64);
  }

  /** From so many connections on, the longest idle are closed to leave room for new ones. */
  public int comfortableConnections() {
    return (int) Math.ceilDiv(connections * 4L, 5);
  }
}
