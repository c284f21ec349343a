package dev.flightdelay.predictor.dataplane.route;

import dev.flightdelay.predictor.dataplane.route.FixedAnswer.NotModified;
import dev.flightdelay.predictor.dataplane.scoring.RequestMetrics;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * What clients may keep, but ask each time whether it is still so: a model's page changes with the
 * model. Digested when it is first asked for.
 */
final class Revalidated implements Supplier<FixedAnswer> {

  private static final int TAG_BYTES = 16;

  private final ResponseHeads heads;
  private final byte[] head;
  private final Supplier<byte[]> body;
  private final RequestMetrics.Series series;
  private volatile FixedAnswer answer;

  Revalidated(
      ResponseHeads heads, byte[] head, Supplier<byte[]> body, RequestMetrics.Series series) {
    this.heads = heads;
    this.head = head;
    this.body = body;
    this.series = series;
  }

  @Override
  public FixedAnswer get() {
    FixedAnswer known = answer;
    if (known == null) {
      known = tagged(body.get());
      answer = known;
    }
    return known;
  }

  private FixedAnswer tagged(byte[] bytes) {
    String tag = '"' + HexFormat.of().formatHex(sha256(bytes), 0, TAG_BYTES) + '"';
    String extra = "ETag: W/" + tag + "\r\nCache-Control: no-cache\r\n";
    return new FixedAnswer(
        200, head, extra, bytes, series, new NotModified(tag, heads.notModified()));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      // Every Java has it.
      throw new IllegalStateException(impossible);
    }
  }
}
