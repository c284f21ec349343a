package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.dataplane.http1.Progress.State;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a connection's client is read, and how the connection ends. Nothing more is read of a client
 * that does not read its answers, or for which another thread works (backpressure).
 */
final class FlowControl {

  /** Loads a logging library when there is something to log, not before the first answer. */
  private static final class Failures {
    private static final Logger log = LoggerFactory.getLogger(FlowControl.class);
  }

  /** More is not read ahead of a client for which another thread works. */
  private static final int MAX_AHEAD = 4 << 10;

  private final Progress progress;
  private ChannelHandlerContext ctx;
  private Replies replies;
  private boolean inputShut;

  FlowControl(Progress progress) {
    this.progress = progress;
  }

  /** Begins, when the connection has its channel. */
  void begin(ChannelHandlerContext context, Replies answers) {
    ctx = context;
    replies = answers;
  }

  SocketAddress remoteAddress() {
    return ctx.channel().remoteAddress();
  }

  /** Whether nothing more is answered: what a client goes on sending, nobody reads. */
  boolean isOver() {
    return progress.state() == State.CLOSING || !ctx.channel().isActive();
  }

  /** Whether there is time and room for more of what has arrived; {@link #resume} comes else. */
  boolean takesMore() {
    State state = progress.state();
    if (state == State.HEAD && !ctx.channel().isWritable()) {
      progress.stall(bytesBeforeWritable());
      ctx.channel().config().setAutoRead(false);
      return false;
    }
    return state == State.HEAD || state == State.BODY;
  }

  /** How much the client must read before it can be sent more. */
  long bytesBeforeWritable() {
    return ctx.channel().bytesBeforeWritable();
  }

  /** The client reads its answers again, or not any more. */
  void writabilityChanged() {
    if (progress.stalled() && ctx.channel().isWritable()) {
      progress.unstall();
      resume();
    }
  }

  /**
   * The client sends no more. Answers that it has not read yet are for it to read; but who waits
   * for nothing more looks the same as who only sends nothing more, so that what another thread is
   * to do for it is not done.
   */
  void shutInput() {
    if (progress.stalled()) {
      inputShut = true;
    } else {
      ctx.close();
    }
  }

  /**
   * Decodes nothing more from this client while another thread works for it. What it sends ahead is
   * still read, up to a bound: else nobody would learn that it has gone.
   */
  void pause(State next) {
    progress.enter(next);
  }

  /** So many bytes were sent ahead. */
  void sentAhead(int bytes) {
    State state = progress.state();
    if ((state == State.BUSY || state == State.CHECKING) && bytes > MAX_AHEAD) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  /** Goes on with what arrived while there was no time or room for it. */
  void resume() {
    if (isReading()) {
      ctx.pipeline().fireChannelRead(Unpooled.EMPTY_BUFFER);
    }
    if (isReading() && !progress.stalled()) {
      if (inputShut) {
        close();
      } else {
        ctx.channel().config().setAutoRead(true);
      }
    }
    replies.flush();
  }

  private boolean isReading() {
    return progress.state() == State.HEAD || progress.state() == State.BODY;
  }

  /** Does that on the connection's event loop; where it has stopped, the connection ends. */
  void execute(Runnable task) {
    try {
      ctx.executor().execute(task);
    } catch (RejectedExecutionException stopped) {
      ctx.close();
    }
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
    progress.enter(State.CLOSING);
    progress.restart(System.nanoTime());
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
