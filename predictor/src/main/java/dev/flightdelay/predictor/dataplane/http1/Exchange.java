package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.PendingVerdict;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.dataplane.admission.Admission;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.http1.Progress.State;
import dev.flightdelay.predictor.dataplane.route.FixedAnswer;
import dev.flightdelay.predictor.dataplane.route.ResponseHeads;
import dev.flightdelay.predictor.dataplane.route.Route;
import dev.flightdelay.predictor.dataplane.route.Routes;
import dev.flightdelay.predictor.dataplane.scoring.Answer;
import dev.flightdelay.predictor.dataplane.scoring.Client;
import dev.flightdelay.predictor.dataplane.scoring.PredictionEndpoint;
import dev.flightdelay.predictor.dataplane.scoring.RequestMetrics;
import dev.flightdelay.predictor.dataplane.scoring.Work;
import dev.flightdelay.predictor.dataplane.server.ServerContext;
import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.model.Scores;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * A request and its answer: who it is from, which route answers it, its body, where it is scored.
 * Used again for the connection's next.
 *
 * <p>A body that arrives with its head is copied once, into an array of the event loop, and read
 * there.
 */
final class Exchange implements Client {

  /** A body that is read only to be thrown away may be this long; else the connection closes. */
  private static final int MAX_DISCARDED = 64 << 10;

  private static final String RETRY = "Retry-After: 1\r\n";

  private final ServerContext server;
  private final EventLoopState loop;
  private final DataPlaneLimits limits;
  private final Progress progress;
  private final FlowControl flow;
  private final RequestDecoder decoder;
  private final Replies replies;
  private final RequestHead head;
  private final Admission admission;
  private final Decompression decompression;

  private Routes routes;
  private Route route;

  /** The answer, where it is known before the body. */
  private FixedAnswer fixed;

  /** The request is in flight at the scheduler, and was scored here. */
  private boolean counted;

  /** What a worker does for the request, which so is in flight; else null. */
  private Work work;

  /** What the work is to answer; null where it is not known yet. */
  private PredictionEndpoint endpoint;

  /** Until when workers may take; 0 where none was asked yet. */
  private long expires;

  /** Who the request is from; null where that makes no difference. */
  private Caller caller;

  /** The request that is checked has no body. */
  private boolean bodyless;

  private BodyBuffer body;

  Exchange(
      ServerContext server,
      EventLoopState loop,
      Progress progress,
      FlowControl flow,
      RequestDecoder decoder,
      Replies replies) {
    this.server = server;
    this.loop = loop;
    this.limits = server.limits();
    this.progress = progress;
    this.flow = flow;
    this.decoder = decoder;
    this.replies = replies;
    this.admission = new Admission(server.gate());
    this.decompression = new Decompression(server);
    this.head =
        new RequestHead(
            limits,
            admission.credentials(),
            admission.readsForwarded(),
            server.gate().crossOrigin());
  }

  /** Decides what the request is, and answers it if that needs no body. */
  void begin(HttpRequest request) {
    head.read(request);
    routes = server.routes();
    route = routes.route(head.path);
    fixed = routes.withoutBody(head, route);
    if (admission.open() || routes.isOpen(head) || head.isPreflight()) {
      proceed();
    } else {
      admit(admission.check(loop.hasher(), flow.remoteAddress(), head.forwardedFor));
    }
  }

  private void admit(Verdict verdict) {
    switch (verdict) {
      case Caller known -> {
        caller = known;
        long pause = known.take();
        if (pause > 0) {
          int perSecond = server.gate().callers().perSecond();
          fixed = routes.refusals().tooMany(head, route, perSecond, pause);
        }
        proceed();
      }
      case Rejection refused -> {
        String extra = server.gate().headers(refused);
        fixed =
            routes.refusals().notAdmitted(head, route, refused.status(), extra, refused.message());
        proceed();
      }
      case PendingVerdict pending -> awaitVerdict(pending);
    }
  }

  private void awaitVerdict(PendingVerdict pending) {
    flow.pause(State.CHECKING);
    pending.verdict().whenComplete((verdict, failed) -> flow.execute(() -> decided(verdict)));
  }

  private void decided(Verdict verdict) {
    if (progress.state() != State.CHECKING) {
      // The client has gone.
      return;
    }
    try {
      admit(verdict);
      if (bodyless) {
        bodyless = false;
        dispatch(new Body(loop.input, 0, 0, head.jsonLength, head.query));
      }
      flow.resume();
    } catch (RefusedRequestException refused) {
      refuse(refused);
      replies.flush();
    } catch (RuntimeException | Error failed) {
      flow.failed(failed);
    }
  }

  /** Goes on to the body, of whoever may send one. */
  private void proceed() {
    if (head.otherExpectation) {
      throw new RefusedRequestException(417, "the only expectation met here is 100-continue");
    }
    if (head.contentLength > limits.bodyBytes()) {
      throw BodyBuffer.tooLarge(limits.bodyBytes());
    }
    progress.enter(State.BODY);
    int available = decoder.available();
    if (!head.chunked && head.contentLength <= available) {
      return;
    }
    progress.bodyBegins();
    if (fixed != null
        && (head.chunked || head.expectsContinue || head.contentLength > MAX_DISCARDED)) {
      head.keepAlive = false;
      respond(fixed);
    } else if (head.expectsContinue && !head.http10 && available == 0) {
      replies.addContinue();
    }
  }

  /** Takes a piece of the body, and answers the request with the last. */
  void receive(HttpContent content) {
    DecoderResult result = content.decoderResult();
    if (result.isFailure()) {
      throw RequestHead.malformed("the request's body", result.cause());
    }
    ByteBuf bytes = content.content();
    int count = bytes.readableBytes();
    boolean last = content instanceof LastHttpContent;
    if (progress.state() == State.CHECKING) {
      // A request without a body is decoded to its end at once.
      bodyless = true;
      return;
    }
    if (last && body == null && count <= loop.input.length) {
      bytes.readBytes(loop.input, 0, count);
      dispatch(new Body(loop.input, 0, count, head.jsonLength, head.query));
      return;
    }
    if (body == null) {
      body = new BodyBuffer(limits, server.bufferedBodies());
    }
    body.append(bytes);
    if (last) {
      dispatch(body.body(head));
    }
  }

  /** The bytes of a body that have arrived. */
  int received() {
    return body == null ? 0 : body.length();
  }

  private void dispatch(Body received) {
    progress.enter(State.HEAD);
    if (fixed != null) {
      respond(fixed);
    } else if (head.coding != null) {
      decompress(received);
    } else {
      answer(received);
    }
  }

  private void decompress(Body received) {
    try {
      BodyBuffer decoded = decompression.here(head.coding, received);
      if (decoded != null) {
        answerDecompressed(decoded);
        return;
      }
    } catch (RefusedRequestException refused) {
      refuseBody(refused);
      return;
    }
    Body own = body == null ? received.copy() : received;
    ContentCoding coding = head.coding;
    switch (server.scheduler().prepare(() -> decompressAside(coding, own), this)) {
      case HERE, WORKER -> flow.pause(State.BUSY);
      case CONGESTED, FULL -> respond(routes.refusals().congested(head, null));
      case ABOVE_SHARE -> respond(routes.refusals().aboveShare(head, null));
      case STOPPING -> {
        flow.pause(State.BUSY);
        flow.hangUp();
      }
    }
  }

  /** On a worker's thread. */
  private void decompressAside(ContentCoding coding, Body own) {
    try {
      BodyBuffer decoded = decompression.fully(coding, own);
      flow.execute(() -> decompressed(decoded, null));
    } catch (RefusedRequestException refused) {
      flow.execute(() -> decompressed(null, refused));
    } catch (RuntimeException | Error failed) {
      flow.failed(failed);
    }
  }

  private void decompressed(BodyBuffer decoded, RefusedRequestException refused) {
    if (progress.state() != State.BUSY) {
      // The client has gone.
      if (decoded != null) {
        decoded.release();
      }
      return;
    }
    goOn(
        () -> {
          leaveWork();
          if (refused == null) {
            answerDecompressed(decoded);
          } else {
            refuseBody(refused);
          }
        });
  }

  private void answerDecompressed(BodyBuffer decoded) {
    if (body != null) {
      body.release();
    }
    body = decoded;
    answer(decoded.body(head));
  }

  /** Answers a request whose body is of no use; it was read to its end, and the next may follow. */
  private void refuseBody(RefusedRequestException refused) {
    String extra = refused.status() == 503 ? RETRY : "";
    respond(routes.refusals().error(head, refused.status(), extra, refused.getMessage()));
  }

  private void answer(Body received) {
    if (received.from() == received.to()) {
      respond(routes.refusals().noBody(head, route));
      return;
    }
    PredictionEndpoint found = route.endpoint(head.mediaType, received);
    if (found == null) {
      respond(routes.refusals().unsupported(head, route, head.mediaType.toString()));
      return;
    }
    endpoint = found;
    switch (server.scheduler().score(found, received, body != null, loop.answer, this)) {
      case HERE -> {
        counted = true;
        respond(found, loop.answer, compressedHere(loop.answer));
      }
      case WORKER -> flow.pause(State.BUSY);
      case CONGESTED -> respond(routes.refusals().congested(head, found));
      case FULL -> respond(routes.refusals().overloaded(head, found, limits.inFlight()));
      case ABOVE_SHARE -> respond(routes.refusals().aboveShare(head, found));
      case STOPPING -> {
        flow.pause(State.BUSY);
        flow.hangUp();
      }
    }
  }

  @Override
  public Object identity() {
    return caller != null ? caller : admission.address(flow.remoteAddress(), head.forwardedFor);
  }

  @Override
  public Caller rated() {
    return caller;
  }

  /** From when the request was there: how long it took to come has limits of its own. */
  @Override
  public long expires() {
    if (expires == 0) {
      expires = System.nanoTime() + limits.predictionTime().toNanos();
    }
    return expires;
  }

  @Override
  public void waitsFor(Work begun) {
    work = begun;
  }

  @Override
  public void scored(PredictionEndpoint by, Answer answer) {
    byte[] compressed = null;
    int length = answer.body().length();
    // The head stays as it is while the request is with a worker.
    if (answer.jsonLength() < 0 && head.takesCompressed(length)) {
      compressed = AnswerCompression.gzip(answer.body().array(), length);
    }
    byte[] content = compressed;
    // Behind what this event loop is doing for the client: it knows by then that it waits.
    flow.execute(() -> answered(by, answer, content));
  }

  @Override
  public void failed(Throwable failed) {
    flow.failed(failed);
  }

  private void answered(PredictionEndpoint by, Answer answer, byte[] compressed) {
    if (progress.state() != State.BUSY) {
      // The client has gone.
      return;
    }
    goOn(() -> respond(by, answer, compressed));
  }

  @Override
  public void refused(Work.Refused why) {
    flow.execute(() -> notDone(why));
  }

  private void notDone(Work.Refused why) {
    if (progress.state() != State.BUSY) {
      // The client has gone.
      return;
    }
    goOn(
        () ->
            respond(
                switch (why) {
                  case LATE -> routes.refusals().late(head, endpoint, limits.predictionTime());
                  case LATE_MIDWAY ->
                      routes.refusals().lateMidway(head, endpoint, limits.predictionTime());
                  case DISPLACED -> routes.refusals().aboveShare(head, endpoint);
                }));
  }

  /** Answers who waits for a worker's turn for longer than the prediction may take. */
  void endIfLate(long now) {
    if (work != null && work.isLate(now) && server.scheduler().withdraw(work)) {
      notDone(work.late());
    }
  }

  /** Goes on with the request for which another thread has worked. */
  private void goOn(Runnable next) {
    try {
      progress.enter(State.HEAD);
      next.run();
      replies.write();
      if (progress.state() == State.HEAD) {
        flow.resume();
      }
      replies.flush();
    } catch (RuntimeException | Error failed) {
      flow.failed(failed);
    }
  }

  /** Answers what cannot be read as a request, or not to its end; what follows is unknown. */
  void refuse(RefusedRequestException refused) {
    routes = server.routes();
    head.keepAlive = false;
    refuseBody(refused);
  }

  /** Answers who takes too long, and ends the connection. */
  void timeOut(String message) {
    routes = server.routes();
    if (progress.state() == State.HEAD) {
      head.reset();
    }
    head.keepAlive = false;
    respond(routes.refusals().error(head, 408, "", message));
    replies.flush();
  }

  /** Answers a connection that is one too many, and ends it. */
  void refuseConnection() {
    routes = server.routes();
    head.keepAlive = false;
    respond(routes.refusals().tooManyConnections(limits.connections()));
    replies.flush();
  }

  private void respond(FixedAnswer answer) {
    byte[] content = answer.body();
    String extra = answer.extra();
    if (answer.revalidated() != null && head.has(answer.revalidated().tag())) {
      write(answer.revalidated().head(), extra + AnswerCompression.VARY, content, -1);
      done(answer.series(), 304, null);
      return;
    }
    if (answer.status() == 204) {
      write(answer.head(), extra, content, -1);
      done(answer.series(), 204, null);
      return;
    }
    boolean compressed = head.takesCompressed(content.length);
    if (compressed
        && content.length > limits.eventLoopBodyBytes()
        && !loop.compression.has(content)) {
      if (compressAside(answer)) {
        return;
      }
      compressed = false;
    }
    if (compressed) {
      content = loop.compression.shared(content);
      extra += AnswerCompression.CODED;
    } else if (content.length >= AnswerCompression.WORTHWHILE) {
      extra += AnswerCompression.VARY;
    }
    write(answer.head(), extra, content, content.length);
    done(answer.series(), answer.status(), null);
  }

  /**
   * Has an answer that is shared compressed on a worker: a page's script takes that longer than
   * others should wait. False where no worker has time, or the connection is not to go on.
   */
  private boolean compressAside(FixedAnswer answer) {
    if (progress.state() != State.HEAD) {
      return false;
    }
    boolean begun =
        switch (server.scheduler().prepare(() -> compress(answer), this)) {
          case HERE, WORKER -> true;
          case CONGESTED, FULL, ABOVE_SHARE, STOPPING -> false;
        };
    if (begun) {
      flow.pause(State.BUSY);
    }
    return begun;
  }

  /** On a worker's thread. */
  private void compress(FixedAnswer answer) {
    try {
      byte[] content = answer.body();
      byte[] compressed = AnswerCompression.gzip(content, content.length);
      flow.execute(
          () -> {
            loop.compression.keep(content, compressed);
            if (progress.state() == State.BUSY) {
              goOn(
                  () -> {
                    leaveWork();
                    respond(answer);
                  });
            }
          });
    } catch (RuntimeException | Error failed) {
      flow.failed(failed);
    }
  }

  /** Null where it is to be sent as it is, or is too long to be compressed on an event loop. */
  private byte[] compressedHere(Answer answer) {
    int length = answer.body().length();
    return answer.jsonLength() < 0
            && length <= limits.eventLoopBodyBytes()
            && head.takesCompressed(length)
        ? AnswerCompression.gzip(answer.body().array(), length)
        : null;
  }

  /**
   * @param compressed the answer's body as it is sent; null where that is not compressed
   */
  private void respond(PredictionEndpoint by, Answer answer, byte[] compressed) {
    int status = answer.status();
    ResponseHeads heads = routes.heads();
    byte[] responseHead =
        answer.html() ? heads.html(status) : status == 200 ? heads.jsonOk() : heads.json(status);
    String extra = "";
    if (answer.retryAfter() > 0) {
      extra = "Retry-After: " + answer.retryAfter() + "\r\n";
    } else if (answer.jsonLength() >= 0) {
      responseHead = heads.binaryOk();
      extra = "Inference-Header-Content-Length: " + answer.jsonLength() + "\r\n";
    } else if (compressed != null) {
      extra = AnswerCompression.CODED;
    } else if (answer.body().length() >= AnswerCompression.WORTHWHILE) {
      extra = AnswerCompression.VARY;
    }
    byte[] content = compressed == null ? answer.body().array() : compressed;
    int length = compressed == null ? answer.body().length() : compressed.length;
    write(responseHead, extra, content, length);
    done(by.series(), status, answer.scores());
  }

  private void write(byte[] responseHead, String extra, byte[] content, int length) {
    if (server.draining()) {
      head.keepAlive = false;
    }
    replies.add(head, responseHead, extra, content, length);
  }

  private void done(RequestMetrics.Series series, int status, Scores scores) {
    long now = System.nanoTime();
    series.answered(status, now - progress.since(), scores);
    if (caller != null) {
      server.metrics().called(caller, status);
    }
    release();
    progress.answered(now);
    if (!head.keepAlive) {
      flow.close();
    }
  }

  /** Gives back what the request holds. */
  void release() {
    if (counted) {
      counted = false;
      server.scheduler().leave();
    }
    leaveWork();
    if (body != null) {
      body.release();
      body = null;
    }
    endpoint = null;
    expires = 0;
    fixed = null;
    route = null;
    caller = null;
  }

  private void leaveWork() {
    if (work != null) {
      server.scheduler().leave(work);
      work = null;
    }
  }
}
