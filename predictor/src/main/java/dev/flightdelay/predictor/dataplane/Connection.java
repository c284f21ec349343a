package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.MediaType;
import dev.flightdelay.predictor.dialect.Question;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.model.Scores;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: HTTP/1.1 from bytes to bytes, one request after the other.
 *
 * <p>What arrives is copied once, into an array of the event loop, and read there: head, body, and
 * the numbers in it. Only what is incomplete is kept. Answers to requests that arrived together
 * leave together.
 */
final class Connection extends ChannelInboundHandlerAdapter {

  /** Loads a logging library when there is something to log, not before the first answer. */
  private static final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
  }

  private static final byte[] NOTHING = new byte[0];

  /** A body that is read only to be thrown away may be this long; else the connection closes. */
  private static final int MAX_DISCARDED = 64 << 10;

  private static final long LINGER_NANOS = 2_000_000_000L;
  private static final long DRAIN_IDLE_NANOS = 1_000_000_000L;
  private static final long BODY_GRACE_NANOS = 3_000_000_000L;

  private enum State {
    /** Waits for a request, or has a part of its head. */
    HEAD,
    /** Has a part of a body. */
    BODY,
    /** Its request is being answered on another thread. */
    BUSY,
    /** Has sent its last answer and waits for the client to close. */
    CLOSING
  }

  private final DataPlane plane;
  private final EventLoopState loop;
  private final DataPlaneLimits limits;
  private final RequestHead head;

  Connection previous;
  Connection next;

  private ChannelHandlerContext ctx;
  private State state = State.HEAD;

  /** Bytes that arrived and cannot be used yet. */
  private byte[] pending = NOTHING;

  private int pendingLength;

  private Router router;
  private Route route;
  private FixedAnswer fixed;
  private boolean counted;
  private BodyBuffer body;
  private ChunkedBody chunks;
  private long bodyLeft;

  /** When the request's first byte came; when idle, when the last answer was given. */
  private long since = System.nanoTime();

  private long bodySince;
  private long stalledSince;
  private long stalledBytes;
  private boolean stalled;
  private boolean inputShut;

  private Replies replies;

  Connection(DataPlane plane, EventLoopState loop) {
    this.plane = plane;
    this.loop = loop;
    this.limits = plane.limits();
    this.head = new RequestHead(limits);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    replies = new Replies(context, loop);
    loop.add(this);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (plane.connected() > limits.connections()) {
      router = plane.router();
      head.keepAlive = false;
      respond(
          FixedAnswer.error(
              router.heads(),
              503,
              "Retry-After: 1\r\n",
              "there are more than " + limits.connections() + " connections; try again",
              router.none()));
      replies.flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    loop.remove(this);
    plane.disconnected();
    state = State.CLOSING;
    releaseRequest();
    pending = NOTHING;
    pendingLength = 0;
    replies.release();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      switch (state) {
        case HEAD, BODY -> {
          long now = System.nanoTime();
          if (state == State.HEAD && pendingLength == 0) {
            since = now;
          }
          arrived(in);
        }
        case BUSY -> keep(in);
        case CLOSING -> {
          // The client may go on sending what it began; nobody reads it.
        }
      }
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    replies.flushWritten();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (stalled && context.channel().isWritable()) {
      stalled = false;
      since = System.nanoTime();
      resume();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      if (state == State.BUSY || stalled) {
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

  /** Ends what takes too long. A failure ends this connection, not the looking after the others. */
  void tick(long now) {
    try {
      endIfLate(now);
    } catch (RuntimeException | Error failed) {
      exceptionCaught(ctx, failed);
    }
  }

  private void endIfLate(long now) {
    switch (state) {
      case HEAD -> {
        if (stalled) {
          stalledTick(now);
        } else if (pendingLength > 0) {
          if (now - since > limits.headTime().toNanos()) {
            timeOut("the request's headers did not arrive in time");
          }
        } else if (now - since > idleNanos()) {
          ctx.close();
        }
      }
      case BODY -> bodyTick(now);
      case BUSY -> {
        // The client has done its part.
      }
      case CLOSING -> {
        if (now - since > LINGER_NANOS) {
          ctx.close();
        }
      }
    }
  }

  /**
   * While draining, who has just been answered may already have sent the next request: it is
   * answered, and told to go. Only who is silent for longer is closed without a word.
   */
  private long idleNanos() {
    return plane.draining() ? DRAIN_IDLE_NANOS : limits.idleTime().toNanos();
  }

  private void stalledTick(long now) {
    long bytes = ctx.channel().bytesBeforeWritable();
    if (bytes < stalledBytes) {
      stalledBytes = bytes;
      stalledSince = now;
    } else if (now - stalledSince > limits.writeTime().toNanos()) {
      ctx.close();
    }
  }

  private void bodyTick(long now) {
    long waited = now - bodySince;
    boolean tooSlow =
        waited > BODY_GRACE_NANOS
            && body.length() < limits.bodyBytesPerSecond() * (waited / 1_000_000_000L);
    if (waited > limits.bodyTime().toNanos() || tooSlow) {
      timeOut("the request's body did not arrive in time");
    }
  }

  private void timeOut(String message) {
    router = plane.router();
    head.keepAlive = false;
    respond(router.error(head, 408, "", message));
    replies.flush();
  }

  private void arrived(ByteBuf in) {
    int count = in.readableBytes();
    if (pendingLength == 0 && count <= loop.input.length) {
      in.readBytes(loop.input, 0, count);
      consume(loop.input, count);
    } else {
      keep(in);
      byte[] bytes = pending;
      int length = pendingLength;
      pending = NOTHING;
      pendingLength = 0;
      consume(bytes, length);
    }
    replies.write();
  }

  /** Goes on with what arrived while there was no time or room for it. */
  private void resume() {
    if (state == State.HEAD && pendingLength > 0) {
      byte[] bytes = pending;
      int length = pendingLength;
      pending = NOTHING;
      pendingLength = 0;
      consume(bytes, length);
    }
    if ((state == State.HEAD || state == State.BODY) && !stalled) {
      if (inputShut) {
        close();
      } else {
        ctx.channel().config().setAutoRead(true);
      }
    }
    replies.flush();
  }

  private void keep(ByteBuf in) {
    int count = in.readableBytes();
    if (pendingLength + count > pending.length) {
      pending = Arrays.copyOf(pending, Math.max(pendingLength + count, 256));
    }
    in.readBytes(pending, pendingLength, count);
    pendingLength += count;
  }

  /** Reads requests from {@code bytes[0, end)} and answers them; keeps what is left. */
  private void consume(byte[] bytes, int end) {
    int at = 0;
    try {
      boolean more = true;
      while (more && at < end) {
        switch (state) {
          case HEAD -> {
            if (!ctx.channel().isWritable()) {
              stall();
              more = false;
            } else {
              int behind = head.read(bytes, at, end);
              if (behind < 0) {
                more = false;
              } else {
                at = begin(bytes, behind, end);
              }
            }
          }
          case BODY -> at = readBody(bytes, at, end);
          case BUSY -> more = false;
          case CLOSING -> at = end;
        }
      }
    } catch (RefusedRequestException refused) {
      refuse(refused);
      at = end;
    }
    if (at < end) {
      pending = Arrays.copyOfRange(bytes, at, end);
      pendingLength = end - at;
    }
  }

  /** Decides what the request is, and answers it if its body is there. */
  private int begin(byte[] bytes, int at, int end) {
    router = plane.router();
    select();
    if (head.otherExpectation) {
      throw new RefusedRequestException(417, "the only expectation met here is 100-continue");
    }
    if (!head.chunked && head.contentLength <= 0) {
      dispatch(new Body(bytes, at, at));
      return at;
    }
    if (head.contentLength > limits.bodyBytes()) {
      throw BodyBuffer.tooLarge(limits.bodyBytes());
    }
    if (!head.chunked && head.contentLength <= end - at) {
      int behind = at + (int) head.contentLength;
      dispatch(new Body(bytes, at, behind));
      return behind;
    }
    if (fixed != null
        && (head.chunked || head.expectsContinue || head.contentLength > MAX_DISCARDED)) {
      head.keepAlive = false;
      respond(fixed);
      return end;
    }
    if (head.expectsContinue && !head.http10 && at == end) {
      replies.addContinue();
    }
    body = plane.bodyBuffer();
    chunks = head.chunked ? new ChunkedBody() : null;
    bodyLeft = head.contentLength;
    bodySince = System.nanoTime();
    state = State.BODY;
    return at;
  }

  /** Finds the route, and the answer where it does not depend on the body. */
  private void select() {
    route = router.route(head.path);
    fixed = null;
    if (route == null) {
      fixed = router.unknown(head);
      return;
    }
    switch (head.method) {
      case POST -> {
        if (route.post().isEmpty()) {
          fixed = router.notAllowed(head, route);
        } else if (head.mediaType == MediaType.OTHER) {
          fixed = router.unsupported(head, route, "of another type");
        } else if (head.encoded) {
          fixed = router.unsupported(head, route, "compressed");
        } else if (head.binaryTensors) {
          fixed = router.error(head, 400, "", "binary tensors are not taken; send JSON");
        }
      }
      case GET, HEAD ->
          fixed = route.get() == null ? router.notAllowed(head, route) : route.get().get();
      case OTHER -> fixed = router.notAllowed(head, route);
    }
  }

  private int readBody(byte[] bytes, int at, int end) {
    int behind;
    boolean complete;
    if (chunks != null) {
      behind = chunks.read(bytes, at, end, body);
      complete = chunks.done();
    } else {
      int count = (int) Math.min(bodyLeft, end - at);
      body.append(bytes, at, count);
      bodyLeft -= count;
      behind = at + count;
      complete = bodyLeft == 0;
    }
    if (complete) {
      state = State.HEAD;
      dispatch(body.body());
    }
    return behind;
  }

  private void dispatch(Body received) {
    if (fixed != null) {
      respond(fixed);
      return;
    }
    PredictionEndpoint endpoint = route.endpoint(head.mediaType, received);
    if (endpoint == null) {
      respond(router.unsupported(head, route, head.mediaType.toString()));
      return;
    }
    // Counted only now: who sends slowly must not take the place of who has sent.
    if (!plane.enter()) {
      respond(router.overloaded(head, endpoint, limits.inFlight()));
      return;
    }
    counted = true;
    if (received.to() - received.from() > limits.eventLoopBodyBytes()) {
      Body kept =
          body != null
              ? received
              : new Body(
                  Arrays.copyOfRange(received.bytes(), received.from(), received.to()),
                  0,
                  received.to() - received.from());
      elsewhere(endpoint, answer -> endpoint.answer(kept, answer));
      return;
    }
    Question left = endpoint.answer(received, limits.eventLoopRows(), loop.answer);
    if (left == null) {
      respond(endpoint, loop.answer);
    } else {
      elsewhere(endpoint, answer -> endpoint.answer(left, answer));
    }
  }

  private interface Work {
    void fill(Answer answer);
  }

  /** Answers on a worker's thread, reading nothing more from this client meanwhile. */
  private void elsewhere(PredictionEndpoint endpoint, Work work) {
    state = State.BUSY;
    ctx.channel().config().setAutoRead(false);
    try {
      plane
          .workers()
          .execute(
              () -> {
                try {
                  Answer answer = new Answer();
                  work.fill(answer);
                  ctx.executor().execute(() -> answered(endpoint, answer));
                } catch (RejectedExecutionException stopped) {
                  ctx.close();
                } catch (Throwable failed) {
                  // Whatever it was, the client must not wait for ever.
                  exceptionCaught(ctx, failed);
                }
              });
    } catch (RejectedExecutionException stopping) {
      ctx.close();
    }
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
    router = plane.router();
    head.keepAlive = false;
    String extra = refused.status() == 503 ? "Retry-After: 1\r\n" : "";
    respond(router.error(head, refused.status(), extra, refused.getMessage()));
  }

  private void respond(FixedAnswer answer) {
    write(answer.head(), answer.extra(), answer.body(), answer.body().length);
    done(answer.series(), answer.status(), null);
  }

  private void respond(PredictionEndpoint endpoint, Answer answer) {
    int status = answer.status();
    ResponseHeads heads = router.heads();
    byte[] responseHead =
        answer.html() ? heads.html(status) : status == 200 ? heads.jsonOk() : heads.json(status);
    write(responseHead, "", answer.body().array(), answer.body().length());
    done(endpoint.series(), status, answer.scores());
  }

  private void write(byte[] responseHead, String extra, byte[] content, int length) {
    if (plane.draining()) {
      head.keepAlive = false;
    }
    replies.add(head, responseHead, extra, content, length);
  }

  private void done(RequestMetrics.Series series, int status, Scores scores) {
    long now = System.nanoTime();
    series.answered(status, now - since, scores);
    releaseRequest();
    since = now;
    if (!head.keepAlive) {
      close();
    }
  }

  private void releaseRequest() {
    if (counted) {
      counted = false;
      plane.leave();
    }
    if (body != null) {
      body.release();
      body = null;
    }
    chunks = null;
    fixed = null;
    route = null;
  }

  /** Sends what is written, then says that no more comes; closing at once could lose it. */
  private void close() {
    state = State.CLOSING;
    since = System.nanoTime();
    pending = NOTHING;
    pendingLength = 0;
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
    stalled = true;
    stalledSince = System.nanoTime();
    stalledBytes = ctx.channel().bytesBeforeWritable();
    ctx.channel().config().setAutoRead(false);
  }
}
