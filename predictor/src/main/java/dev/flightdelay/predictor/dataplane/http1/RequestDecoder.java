package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.AsciiString;
import java.util.List;

/**
 * Netty's decoder, as strict as it can be told to be, and decoding no further than its connection
 * can answer: what a client sends ahead (pipelining) stays bytes until its turn comes.
 */
final class RequestDecoder extends HttpRequestDecoder {

  private final Progress progress;
  private final FlowControl flow;
  private boolean lengthGiven;

  RequestDecoder(DataPlaneLimits limits, HeaderValues values, Progress progress, FlowControl flow) {
    super(
        new HttpDecoderConfig()
            // Netty does not count the CR LF that ends the line.
            .setMaxInitialLineLength(limits.requestLineBytes() - 2)
            .setMaxHeaderSize(limits.headBytes())
            .setMaxChunkSize(limits.bodyBytes())
            .setValidateHeaders(true)
            .setHeadersFactory(
                DefaultHttpHeadersFactory.headersFactory().withValueValidator(values))
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
    this.progress = progress;
    this.flow = flow;
  }

  /** The bytes that have arrived and are not decoded yet. */
  int available() {
    return actualReadableBytes();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object input) throws Exception {
    progress.bytesArrive();
    super.channelRead(context, input);
    flow.sentAhead(actualReadableBytes());
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (flow.isOver()) {
      // The client may go on sending what it began; nobody reads it.
      in.skipBytes(in.readableBytes());
    } else if (flow.takesMore()) {
      super.decode(context, in, out);
      if (out.isEmpty()) {
        progress.incomplete();
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    if (context.channel().config().isAutoRead()) {
      super.channelReadComplete(context);
    } else {
      // Netty would read on where nothing was decoded, but nothing was to be.
      discardSomeReadBytes();
      context.fireChannelReadComplete();
    }
  }

  /** Netty would drop what is not decoded yet when the client says that it sends no more. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    context.fireUserEventTriggered(event);
  }

  /** Refuses request lines whose three words are not separated by exactly one space. */
  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    lengthGiven = false;
    int end = start + length;
    boolean single =
        line[0] > ' '
            && start > 1
            && line[start - 1] == ' '
            && line[start - 2] > ' '
            && end + 1 < line.length
            && line[end] == ' '
            && line[end + 1] > ' ';
    if (!single) {
      throw new RefusedRequestException(400, "the request line is not 'method path HTTP/1.1'");
    }
    return super.splitSecondWordInitialLine(line, start, length);
  }

  /** Refuses the second of two Content-Length headers, which Netty lets pass in HTTP/1.0. */
  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    AsciiString name = super.splitHeaderName(line, start, length);
    if (length == 14 && HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
      if (lengthGiven) {
        throw new RefusedRequestException(400, "there are two Content-Length headers");
      }
      lengthGiven = true;
    }
    return name;
  }
}
