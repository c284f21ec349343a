package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.auth.Caller;
import dev.flightdelay.predictor.auth.Later;
import dev.flightdelay.predictor.auth.Refusal;
import dev.flightdelay.predictor.auth.Verdict;
import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.model.Scores;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: requests as they are decoded, answered one after the other.
 *
 * <p>A body that arrives with its head is copied once, into an array of the event loop, and read
 * there. Answers to requests that arrived together leave together.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Scheduler.Client {

  /** Loads a logging library when there is something to log, not before the first answer. */
  private static final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
  }

  /** A body that is read only to be thrown away may be this long; else the connection closes. */
  private static final int MAX_DISCARDED = 64 << 10;

  /** What the decoder shall do with bytes. */
  enum Demand {
    MORE,
    LATER,
    NO_MORE
  }

  /** What a connection is doing. */
  enum State {
    /** Waits for a request, or has a part of its head. */
    HEAD,
    /** Has a part of a body. */
    BODY,
    /** Has a head, and somebody is asked who it is from; what follows it is not decoded yet. */
    CHECKING,
    /** Its request is being answered on another thread. */
    BUSY,
    /** Has sent its last answer and waits for the client to close. */
    CLOSING
  }

  private final ServerContext server;
  private final EventLoopState loop;
  private final DataPlaneLimits limits;
  private final RequestHead head;
  private final RequestDecoder decoder;
  private final Deadlines deadlines;
  private final Admission admission;

  private ChannelHandlerContext ctx;
  private State state = State.HEAD;

  private Routes routes;
  private Route route;
  private FixedAnswer fixed;
  private boolean counted;

  /** Who the request is from; null where that makes no difference. */
  private Caller caller;

  /** The request that is checked has no body. */
  private boolean bodyless;

  private BodyBuffer body;

  private boolean inputShut;

  private Replies replies;

  Connection(ServerContext server, EventLoopState loop) {
    this.server = server;
    this.loop = loop;
    this.limits = server.limits();
    this.head = new RequestHead(limits);
    this.decoder = new RequestDecoder(limits, loop.headerValues, this);
    this.deadlines = new Deadlines(server, this);
    this.admission = new Admission(server.gate());
  }

  /** Stands before the connection in its pipeline. */
  RequestDecoder decoder() {
    return decoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    replies = new Replies(context, loop);
    loop.timed.add(deadlines);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (server.connections() > limits.connections()) {
      routes = server.routes();
      head.keepAlive = false;
      respond(routes.refusals().tooManyConnections(limits.connections()));
      replies.flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    loop.timed.remove(deadlines);
    server.disconnected();
    state = State.CLOSING;
    releaseRequest();
    replies.release();
  }

  State state() {
    return state;
  }

  /** How much the client must read before it can be sent more. */
  long bytesBeforeWritable() {
    return ctx.channel().bytesBeforeWritable();
  }

  void hangUp() {
    ctx.close();
  }

  /** Bytes have arrived, but are not decoded yet. */
  void arriving() {
    if (state == State.HEAD) {
      deadlines.headArrives();
    }
  }

  Demand demand() {
    if (isOver()) {
      // The client may go on sending what it began; nobody reads it.
      return Demand.NO_MORE;
    }
    if (state == State.HEAD && !ctx.channel().isWritable()) {
      stall();
      return Demand.LATER;
    }
    return state == State.BUSY || state == State.CHECKING ? Demand.LATER : Demand.MORE;
  }

  /** What has arrived gives neither a head nor a piece of a body yet. */
  void incomplete() {
    deadlines.headBegun(state == State.HEAD);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (!isOver()) {
        if (message instanceof HttpRequest request) {
          begin(request);
        } else {
          receive((HttpContent) message);
        }
      }
    } catch (RefusedRequestException refused) {
      refuse(refused);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    replies.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (deadlines.stalled() && context.channel().isWritable()) {
      deadlines.unstall();
      resume();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      if (state == State.BUSY || state == State.CHECKING || deadlines.stalled()) {
        inputShut = true;
      } else {
        context.close();
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException || cause instanceof UncheckedIOException)) {
      Failures.log.atError().setCause(cause).log("a connection failed");
    }
    context.close();
  }

  /** The bytes of a body that have arrived. */
  int received() {
    return body == null ? 0 : body.length();
  }

  /** Answers who takes too long, and ends the connection. */
  void timeOut(String message) {
    routes = server.routes();
    if (state == State.HEAD) {
      head.reset();
    }
    head.keepAlive = false;
    respond(routes.refusals().error(head, 408, "", message));
    replies.flush();
  }

  /** Goes on with what arrived while there was no time or room for it. */
  private void resume() {
    if (state == State.HEAD || state == State.BODY) {
      ctx.pipeline().fireChannelRead(Unpooled.EMPTY_BUFFER);
    }
    if ((state == State.HEAD || state == State.BODY) && !deadlines.stalled()) {
      if (inputShut) {
        close();
      } else {
        ctx.channel().config().setAutoRead(true);
      }
    }
    replies.flush();
  }

  private boolean isOver() {
    return state == State.CLOSING || !ctx.channel().isActive();
  }

  /** Decides what the request is, and answers it if that needs no body. */
  private void begin(HttpRequest request) {
    deadlines.headBegun(false);
    head.read(request);
    routes = server.routes();
    route = routes.route(head.path);
    fixed = routes.withoutBody(head, route);
    if (admission.open() || routes.isOpen(head)) {
      proceed();
    } else {
      admit(admission.check(head.credentials(), loop.hasher(), ctx.channel().remoteAddress()));
    }
  }

  private void admit(Verdict verdict) {
    switch (verdict) {
      case Caller known -> {
        caller = known;
        long pause = known.take();
        if (pause > 0) {
          fixed =
              routes.refusals().tooMany(head, route, server.gate().callers().perSecond(), pause);
        }
        proceed();
      }
      case Refusal refused -> {
        fixed =
            routes
                .refusals()
                .notAdmitted(
                    head,
                    route,
                    refused.status(),
                    server.gate().headers(refused),
                    refused.message());
        proceed();
      }
      case Later later -> awaitVerdict(later);
    }
  }

  /** Reads nothing more from this client until somebody has said who it is. */
  private void awaitVerdict(Later later) {
    state = State.CHECKING;
    ctx.channel().config().setAutoRead(false);
    later
        .verdict()
        .whenComplete(
            (verdict, failed) -> {
              try {
                ctx.executor().execute(() -> decided(verdict));
              } catch (RejectedExecutionException stopped) {
                ctx.close();
              }
            });
  }

  private void decided(Verdict verdict) {
    if (state != State.CHECKING) {
      // The client has gone.
      return;
    }
    try {
      admit(verdict);
      if (bodyless) {
        bodyless = false;
        dispatch(new Body(loop.input, 0, 0));
      }
      resume();
    } catch (RefusedRequestException refused) {
      refuse(refused);
      replies.flush();
    } catch (RuntimeException | Error failed) {
      exceptionCaught(ctx, failed);
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
    state = State.BODY;
    int available = decoder.available();
    if (!head.chunked && head.contentLength <= available) {
      return;
    }
    deadlines.bodyBegins();
    if (fixed != null
        && (head.chunked || head.expectsContinue || head.contentLength > MAX_DISCARDED)) {
      head.keepAlive = false;
      respond(fixed);
    } else if (head.expectsContinue && !head.http10 && available == 0) {
      replies.addContinue();
    }
  }

  private void receive(HttpContent content) {
    DecoderResult result = content.decoderResult();
    if (result.isFailure()) {
      throw RequestHead.malformed("the request's body", result.cause());
    }
    ByteBuf bytes = content.content();
    int count = bytes.readableBytes();
    boolean last = content instanceof LastHttpContent;
    if (state == State.CHECKING) {
      // A request without a body is decoded to its end at once.
      bodyless = true;
      return;
    }
    if (last && body == null && count <= loop.input.length) {
      bytes.readBytes(loop.input, 0, count);
      dispatch(new Body(loop.input, 0, count));
      return;
    }
    if (body == null) {
      body = new BodyBuffer(limits, server.bufferedBodies());
    }
    body.append(bytes);
    if (last) {
      dispatch(body.body());
    }
  }

  private void dispatch(Body received) {
    state = State.HEAD;
    if (fixed != null) {
      respond(fixed);
      return;
    }
    PredictionEndpoint endpoint = route.endpoint(head.mediaType, received);
    if (endpoint == null) {
      respond(routes.refusals().unsupported(head, route, head.mediaType.toString()));
      return;
    }
    switch (server.scheduler().score(endpoint, received, body != null, loop.answer, this)) {
      case HERE -> {
        counted = true;
        respond(endpoint, loop.answer);
      }
      case WORKER -> {
        counted = true;
        awaitWorker();
      }
      case CONGESTED -> respond(routes.refusals().congested(head, endpoint));
      case FULL -> respond(routes.refusals().overloaded(head, endpoint, limits.inFlight()));
      case STOPPING -> {
        awaitWorker();
        ctx.close();
      }
    }
  }

  /** Reads nothing more from this client while a worker scores. */
  private void awaitWorker() {
    state = State.BUSY;
    ctx.channel().config().setAutoRead(false);
  }

  @Override
  public void scored(PredictionEndpoint endpoint, Answer answer) {
    try {
      // Behind what this event loop is doing for the client: it knows by then that it waits.
      ctx.executor().execute(() -> answered(endpoint, answer));
    } catch (RejectedExecutionException stopped) {
      ctx.close();
    }
  }

  @Override
  public void failed(Throwable failed) {
    exceptionCaught(ctx, failed);
  }

  private void answered(PredictionEndpoint endpoint, Answer answer) {
    if (state != State.BUSY) {
      // The client has gone.
      return;
    }
    try {
      state = State.HEAD;
      respond(endpoint, answer);
      replies.write();
      if (state == State.HEAD) {
        resume();
      }
      replies.flush();
    } catch (RuntimeException | Error failed) {
      exceptionCaught(ctx, failed);
    }
  }

  /** Answers what cannot be read as a request, or not to its end; what follows is unknown. */
  private void refuse(RefusedRequestException refused) {
    routes = server.routes();
    head.keepAlive = false;
    String extra = refused.status() == 503 ? "Retry-After: 1\r\n" : "";
    respond(routes.refusals().error(head, refused.status(), extra, refused.getMessage()));
  }

  private void respond(FixedAnswer answer) {
    write(answer.head(), answer.extra(), answer.body(), answer.body().length);
    done(answer.series(), answer.status(), null);
  }

  private void respond(PredictionEndpoint endpoint, Answer answer) {
    int status = answer.status();
    ResponseHeads heads = routes.heads();
    byte[] responseHead =
        answer.html() ? heads.html(status) : status == 200 ? heads.jsonOk() : heads.json(status);
    write(responseHead, "", answer.body().array(), answer.body().length());
    done(endpoint.series(), status, answer.scores());
  }

  private void write(byte[] responseHead, String extra, byte[] content, int length) {
    if (server.draining()) {
      head.keepAlive = false;
    }
    replies.add(head, responseHead, extra, content, length);
  }

  private void done(RequestMetrics.Series series, int status, Scores scores) {
    long now = System.nanoTime();
    series.answered(status, now - deadlines.since(), scores);
    if (caller != null) {
      server.metrics().called(caller, status);
    }
    releaseRequest();
    deadlines.restart(now);
    if (!head.keepAlive) {
      close();
    }
  }

  private void releaseRequest() {
    if (counted) {
      counted = false;
      server.scheduler().leave();
    }
    if (body != null) {
      body.release();
      body = null;
    }
    fixed = null;
    route = null;
    caller = null;
  }

  /** Sends what is written, then says that no more comes; closing at once could lose it. */
  private void close() {
    state = State.CLOSING;
    deadlines.restart(System.nanoTime());
    if (!inputShut) {
      ctx.channel().config().setAutoRead(true);
    }
    replies
        .flushLast()
        .addListener(
            (ChannelFutureListener)
                sent -> {
                  if (sent.isSuccess()
                      && !inputShut
                      && sent.channel() instanceof DuplexChannel channel) {
                    channel.shutdownOutput();
                  } else {
                    sent.channel().close();
                  }
                });
  }

  private void stall() {
    deadlines.stall(bytesBeforeWritable());
    ctx.channel().config().setAutoRead(false);
  }
}
