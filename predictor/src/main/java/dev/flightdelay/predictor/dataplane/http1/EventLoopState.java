package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.dataplane.scoring.Answer;
import dev.flightdelay.predictor.dataplane.server.TimedList;
import dev.flightdelay.predictor.json.JsonWriter;
import io.netty.handler.codec.DateFormatter;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/**
 * What the connections of one event loop share: arrays that only one request at a time needs, the
 * date, and the list of those whose deadlines are looked after. Only that event loop's thread
 * touches it.
 */
final class EventLoopState {

  final byte[] input = new byte[64 << 10];
  final JsonWriter head = new JsonWriter();
  final Answer answer = new Answer();
  final HeaderValues headerValues = new HeaderValues();
  final AnswerCompression compression = new AnswerCompression();
  final TimedList timed = new TimedList();

  private CredentialHasher hasher;
  private long dateSecond = -1;
  private byte[] date;

  /** The header Date, with its line's end. */
  byte[] date() {
    long second = System.currentTimeMillis() / 1000;
    if (second != dateSecond) {
      dateSecond = second;
      date =
          ("Date: " + DateFormatter.format(new Date(second * 1000)) + "\r\n")
              .getBytes(StandardCharsets.US_ASCII);
    }
    return date;
  }

  CredentialHasher hasher() {
    if (hasher == null) {
      hasher = new CredentialHasher();
    }
    return hasher;
  }
}
