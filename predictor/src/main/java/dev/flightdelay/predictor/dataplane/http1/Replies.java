package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.json.JsonWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;

/** A connection's answers on their way out: those to requests that came together leave together. */
final class Replies {

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int FIRST_BYTES = 512;
  private static final int MAX_BYTES = 64 << 10;

  private final ChannelHandlerContext ctx;
  private final EventLoopState loop;
  private ByteBuf buffer;
  private boolean written;

  Replies(ChannelHandlerContext ctx, EventLoopState loop) {
    this.ctx = ctx;
    this.loop = loop;
  }

  /** Tells the client to send the body that it announced. */
  void addContinue() {
    room(CONTINUE.length).writeBytes(CONTINUE);
  }

  /**
   * Adds an answer.
   *
   * @param head the head up to the content's type
   * @param extra further header lines, each with CR LF
   * @param content holds the body in its first {@code length} bytes
   * @param length -1 where the answer has no content, and its length is not said
   */
  void add(RequestHead request, byte[] head, String extra, byte[] content, int length) {
    JsonWriter line = loop.head;
    line.clear();
    line.raw(head).raw(loop.date());
    if (!request.keepAlive) {
      line.raw("Connection: close\r\n");
    } else if (request.http10) {
      line.raw("Connection: keep-alive\r\n");
    }
    line.raw(extra);
    byte[] crossOrigin = request.crossOriginLines();
    if (crossOrigin != null) {
      line.raw(crossOrigin);
    }
    if (length >= 0) {
      line.raw("Content-Length: ").integer(length).raw("\r\n");
    }
    line.raw("\r\n");
    int sent = request.method.equals(HttpMethod.HEAD) ? 0 : Math.max(0, length);
    room(line.length() + sent)
        .writeBytes(line.array(), 0, line.length())
        .writeBytes(content, 0, sent);
  }

  /** Hands what was added to the channel, which sends it when it is flushed. */
  void write() {
    if (buffer != null) {
      ByteBuf full = buffer;
      buffer = null;
      written = true;
      ctx.write(full, ctx.voidPromise());
    }
  }

  /** Sends what was written. */
  void flushWritten() {
    if (written) {
      written = false;
      ctx.flush();
    }
  }

  /** Sends everything. */
  void flush() {
    write();
    flushWritten();
  }

  /** Sends everything; the future tells when it has been. */
  ChannelFuture flushLast() {
    ByteBuf last = buffer == null ? ctx.alloc().buffer(0) : buffer;
    buffer = null;
    written = false;
    return ctx.writeAndFlush(last);
  }

  void release() {
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }

  private ByteBuf room(int bytes) {
    if (buffer != null && buffer.readableBytes() + bytes > MAX_BYTES) {
      write();
    }
    if (buffer == null) {
      buffer = ctx.alloc().directBuffer(Math.max(bytes, FIRST_BYTES));
    }
    return buffer;
  }
}
