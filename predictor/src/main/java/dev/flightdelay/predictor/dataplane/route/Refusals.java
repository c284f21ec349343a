package dev.flightdelay.predictor.dataplane.route;

import dev.flightdelay.predictor.dataplane.scoring.PredictionEndpoint;
import dev.flightdelay.predictor.dataplane.scoring.RequestMetrics;
import dev.flightdelay.predictor.dialect.JsonErrors;
import dev.flightdelay.predictor.dialect.legacy.ListFieldDialect;
import dev.flightdelay.predictor.dialect.mlflow.Invocations;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.ServedModel;
import io.netty.handler.codec.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The answers to requests that get none of what they ask for. */
public final class Refusals {

  static final String RETRY = "Retry-After: 1\r\n";
  private static final String CONGESTED =
      "more is asked than this server can answer in time; try again";

  private final ResponseHeads heads;
  private final RequestMetrics.Series none;
  private final Readiness notReady;
  private final String servedName;

  private Refusals(
      ResponseHeads heads, RequestMetrics metrics, Readiness notReady, String servedName) {
    this.heads = heads;
    this.none = metrics.series("none");
    this.notReady = notReady;
    this.servedName = servedName;
  }

  static Refusals withoutModel(ResponseHeads heads, RequestMetrics metrics, Readiness readiness) {
    return new Refusals(heads, metrics, readiness, null);
  }

  static Refusals of(ServedModel model, ResponseHeads heads, RequestMetrics metrics) {
    return new Refusals(heads, metrics, null, model.name());
  }

  /** The answer for a path without a route. */
  FixedAnswer unknown(Request request) {
    if (notReady != null) {
      return error(request, 503, RETRY, "the model is not there yet: " + notReady.reason());
    }
    String message = "there is nothing at this path; GET /docs describes what there is";
    for (String prefix : List.of("/v2/models/", "/v1/models/")) {
      if (request.path().startsWith(prefix)) {
        message =
            "there is no such model or version at this path; this server serves "
                + prefix
                + servedName;
      }
    }
    return error(request, 404, "", message);
  }

  FixedAnswer notAllowed(Request request, Route route) {
    String allowed = route.allowed();
    return error(request, 405, "Allow: " + allowed + "\r\n", "this path answers only " + allowed);
  }

  /** The answer where a body is needed, and there is none. */
  public FixedAnswer noBody(Request request, Route route) {
    return refuse(request, route, 400, "", "there is no body; send " + route.accepted());
  }

  /** The answer where no dialect of the route takes such a body. */
  public FixedAnswer unsupported(Request request, Route route, String found) {
    return error(request, 415, "", "the body is " + found + "; send " + route.accepted());
  }

  /** The answer where a body is compressed otherwise than may be (RFC 9110, section 15.5.16). */
  FixedAnswer otherCoding(Request request) {
    return error(
        request,
        415,
        "Accept-Encoding: gzip, deflate\r\n",
        "the body's Content-Encoding is not taken; send it as gzip or deflate, once, or as it is");
  }

  /**
   * The answer where too many wait already.
   *
   * @param endpoint what was to answer; null where that is not known yet
   */
  public FixedAnswer congested(Request request, PredictionEndpoint endpoint) {
    return counted(error(request, 503, RETRY, CONGESTED), endpoint);
  }

  /** The answer where too many are in flight. */
  public FixedAnswer overloaded(Request request, PredictionEndpoint endpoint, int limit) {
    String message = "more than " + limit + " requests are in flight; try again";
    return counted(error(request, 503, RETRY, message), endpoint);
  }

  /** The answer to a caller that has more waiting than others have. */
  public FixedAnswer aboveShare(Request request, PredictionEndpoint endpoint) {
    String message =
        "this caller has more requests waiting here than its share beside the others; try again"
            + " when some are answered";
    return counted(error(request, 429, RETRY, message), endpoint);
  }

  /** The answer where a prediction was not begun in the time that it may take. */
  public FixedAnswer late(Request request, PredictionEndpoint endpoint, Duration most) {
    String message =
        "the prediction could not be begun within the " + seconds(most) + " that it may take";
    return counted(error(request, 503, RETRY, message + "; try again"), endpoint);
  }

  /** The answer where a prediction was begun, but not ended in the time that it may take. */
  public FixedAnswer lateMidway(Request request, PredictionEndpoint endpoint, Duration most) {
    String message =
        "the prediction took longer than the "
            + seconds(most)
            + " that it may take; send fewer rows at a time";
    return counted(error(request, 504, "", message), endpoint);
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  /** The answer to a connection that is one too many, before it has asked anything. */
  public FixedAnswer tooManyConnections(int limit) {
    JsonWriter out = new JsonWriter();
    JsonErrors.write("there are more than " + limit + " connections; try again", out);
    return new FixedAnswer(503, heads.json(503), RETRY, out.toBytes(), none);
  }

  /**
   * An answer to who may not call, in the shape that answers to such requests have. The body is not
   * looked at: it is from nobody knows whom.
   *
   * @param extra further header lines, each with CR LF
   */
  public FixedAnswer notAdmitted(
      Request request, Route route, int status, String extra, String message) {
    return refuse(request, route, status, extra, message);
  }

  private FixedAnswer refuse(
      Request request, Route route, int status, String extra, String message) {
    PredictionEndpoint endpoint =
        route == null || !request.method().equals(HttpMethod.POST)
            ? null
            : route.likelyEndpoint(request.mediaType());
    if (endpoint == null) {
      return error(request, status, extra, message);
    }
    JsonWriter out = new JsonWriter();
    endpoint.dialect().refuse(PredictionEndpoint.NO_BODY, status, message, out);
    byte[] head = endpoint.dialect().answersHtml() ? heads.html(status) : heads.json(status);
    return new FixedAnswer(status, head, extra, out.toBytes(), endpoint.series());
  }

  /**
   * An answer to who calls too often.
   *
   * @param nanos after how long there is room again
   */
  public FixedAnswer tooMany(Request request, Route route, int perSecond, long nanos) {
    long seconds = Math.ceilDiv(nanos, 1_000_000_000L);
    return notAdmitted(
        request,
        route,
        429,
        "Retry-After: " + seconds + "\r\n",
        "a caller may ask " + perSecond + " times a second here; try again later");
  }

  /** An error in the shape that the request's path has, before there is a model as well. */
  public FixedAnswer error(Request request, int status, String extra, String message) {
    JsonWriter out = new JsonWriter();
    boolean post = request.method().equals(HttpMethod.POST);
    if (post && request.path().equals("/")) {
      ListFieldDialect.writeError(message, out);
    } else if (post && request.path().equals(Invocations.PATH)) {
      Invocations.writeError(status, message, out);
    } else {
      JsonErrors.write(message, out);
    }
    return new FixedAnswer(status, heads.json(status), extra, out.toBytes(), none);
  }

  private static FixedAnswer counted(FixedAnswer answer, PredictionEndpoint endpoint) {
    return endpoint == null
        ? answer
        : new FixedAnswer(
            answer.status(), answer.head(), answer.extra(), answer.body(), endpoint.series());
  }
}
