package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.dataplane.server.ServerContext;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: requests as they are decoded, answered one after the other.
 *
 * <p>Answers to requests that arrived together leave together (pipelining), and nothing more is
 * read of a client that does not read its answers (backpressure).
 */
final class Connection extends ChannelInboundHandlerAdapter {

  /** Loads a logging library when there is something to log, not before the first answer. */
  private static final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
  }

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
  private final RequestDecoder decoder;
  private final Deadlines deadlines;

  private ChannelHandlerContext ctx;
  private State state = State.HEAD;
  private Exchange exchange;
  private Replies replies;
  private boolean inputShut;

  Connection(ServerContext server, EventLoopState loop) {
    this.server = server;
    this.loop = loop;
    this.decoder = new RequestDecoder(server.limits(), loop.headerValues, this);
    this.deadlines = new Deadlines(server, this);
  }

  /** Stands before the connection in its pipeline. */
  RequestDecoder decoder() {
    return decoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    replies = new Replies(context, loop);
    exchange = new Exchange(server, loop, this, context, deadlines, replies);
    loop.timed.add(deadlines);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (server.connections() > server.limits().connections()) {
      exchange.refuseConnection();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    loop.timed.remove(deadlines);
    server.disconnected();
    state = State.CLOSING;
    exchange.release();
    replies.release();
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
          deadlines.headBegun(false);
          exchange.begin(request);
        } else {
          exchange.receive((HttpContent) message);
        }
      }
    } catch (RefusedRequestException refused) {
      exchange.refuse(refused);
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
    failed(cause);
  }

  State state() {
    return state;
  }

  void enter(State next) {
    state = next;
  }

  /** The bytes that have arrived and are not decoded yet. */
  int available() {
    return decoder.available();
  }

  /** The bytes of a body that have arrived and are decoded. */
  int received() {
    return exchange.received();
  }

  /** How much the client must read before it can be sent more. */
  long bytesBeforeWritable() {
    return ctx.channel().bytesBeforeWritable();
  }

  private void stall() {
    deadlines.stall(bytesBeforeWritable());
    ctx.channel().config().setAutoRead(false);
  }

  /** Reads nothing more from this client while another thread works for it. */
  void pause(State next) {
    state = next;
    ctx.channel().config().setAutoRead(false);
  }

  /** Goes on with what arrived while there was no time or room for it. */
  void resume() {
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

  /** Answers who takes too long, and ends the connection. */
  void timeOut(String message) {
    exchange.timeOut(message);
  }

  /** Ends the connection without a word. */
  void hangUp() {
    ctx.close();
  }

  /** Ends the connection, and logs why where the network is not the reason. */
  void failed(Throwable cause) {
    if (!(cause instanceof IOException || cause instanceof UncheckedIOException)) {
      Failures.log.atError().setCause(cause).log("a connection failed");
    }
    ctx.close();
  }

  /** Sends what is written, then says that no more comes; closing at once could lose it. */
  void close() {
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
}
