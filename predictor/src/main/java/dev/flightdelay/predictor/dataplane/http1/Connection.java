package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.dataplane.http1.Progress.State;
import dev.flightdelay.predictor.dataplane.server.ServerContext;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;

/**
 * A client's connection: requests as they are decoded, answered one after the other. Answers to
 * requests that arrived together leave together (pipelining).
 */
final class Connection extends ChannelInboundHandlerAdapter {

  /** Those that are busy for long may stand before the idle ones; the next sweep finds all. */
  private static final int LOOKED_AT = 64;

  private final ServerContext server;
  private final EventLoopState loop;
  private final Progress progress = new Progress();
  private final FlowControl flow = new FlowControl(progress);
  private final RequestDecoder decoder;

  private Exchange exchange;
  private Replies replies;
  private Deadlines deadlines;

  Connection(ServerContext server, EventLoopState loop) {
    this.server = server;
    this.loop = loop;
    this.decoder = new RequestDecoder(server.limits(), loop.headerValues, progress, flow);
  }

  /** Stands before the connection in its pipeline. */
  RequestDecoder decoder() {
    return decoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    replies = new Replies(context, loop);
    flow.begin(context, replies);
    exchange = new Exchange(server, loop, progress, flow, decoder, replies);
    deadlines = new Deadlines(server, progress, flow, exchange);
    loop.timed.add(deadlines);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (server.connections() > server.limits().connections()) {
      exchange.refuseConnection();
    } else if (server.connections() > server.limits().comfortableConnections()) {
      loop.timed.endIdle(1, LOOKED_AT);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    loop.timed.remove(deadlines);
    server.disconnected();
    progress.enter(State.CLOSING);
    exchange.release();
    replies.release();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (!flow.isOver()) {
        if (message instanceof HttpRequest request) {
          progress.headComplete();
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
    // Once for all requests that came together.
    loop.timed.used(deadlines);
    replies.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    flow.writabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      flow.shutInput();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    flow.failed(cause);
  }
}
