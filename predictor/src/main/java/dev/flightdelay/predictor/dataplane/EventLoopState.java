package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.json.JsonWriter;
import io.netty.handler.codec.DateFormatter;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/**
 * What the connections of one event loop share: arrays that only one request at a time needs, the
 * date, and the list of connections whose deadlines are looked after.
 *
 * <p>Only that event loop's thread touches it. Deadlines are looked at a few times a second for all
 * connections, because a timer for each request would cost more than the request.
 */
final class EventLoopState {

  final byte[] input = new byte[64 << 10];
  final JsonWriter head = new JsonWriter();
  final Answer answer = new Answer();
  final HeaderValues headerValues = new HeaderValues();

  private CredentialHasher hasher;
  private Connection first;
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

  void add(Connection connection) {
    connection.next = first;
    if (first != null) {
      first.previous = connection;
    }
    first = connection;
  }

  void remove(Connection connection) {
    if (connection.previous != null) {
      connection.previous.next = connection.next;
    } else if (first == connection) {
      first = connection.next;
    }
    if (connection.next != null) {
      connection.next.previous = connection.previous;
    }
    connection.previous = null;
    connection.next = null;
  }

  /** Ends what is past its deadline. */
  void sweep() {
    long now = System.nanoTime();
    Connection connection = first;
    while (connection != null) {
      // Ending a connection takes it out of the list.
      Connection following = connection.next;
      connection.tick(now);
      connection = following;
    }
  }
}
