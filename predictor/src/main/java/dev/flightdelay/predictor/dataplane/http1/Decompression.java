package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.server.ServerContext;
import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.RefusedRequestException;

/** How far compressed bodies are decompressed where: short ones on the event loop. */
final class Decompression {

  private final ServerContext server;
  private final DataPlaneLimits limits;

  Decompression(ServerContext server) {
    this.server = server;
    this.limits = server.limits();
  }

  /**
   * Decompresses a body that is short and stays so.
   *
   * @return null where it is not: then nothing is held
   */
  BodyBuffer here(ContentCoding coding, Body body) {
    // Much may come of little, and little of much: both take time.
    return body.to() - body.from() > limits.eventLoopBodyBytes()
        ? null
        : decode(coding, body, Math.min(limits.eventLoopBodyBytes(), limits.bodyBytes()));
  }

  /** Decompresses a body that may become as long as one that is not compressed. */
  BodyBuffer fully(ContentCoding coding, Body body) {
    BodyBuffer decoded = decode(coding, body, limits.bodyBytes());
    if (decoded == null) {
      throw new RefusedRequestException(
          413,
          "the body is longer than %d bytes when it is decompressed; send fewer rows at a time"
              .formatted(limits.bodyBytes()));
    }
    return decoded;
  }

  private BodyBuffer decode(ContentCoding coding, Body body, int most) {
    BodyBuffer out = new BodyBuffer(limits, server.bufferedBodies());
    boolean whole = false;
    try {
      whole = ContentDecoder.decode(coding, body, most, out);
    } finally {
      if (!whole) {
        out.release();
      }
    }
    return whole ? out : null;
  }
}
