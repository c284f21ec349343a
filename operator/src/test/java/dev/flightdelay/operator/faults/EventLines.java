package dev.flightdelay.operator.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A watch as lines of JSON in a chunked HTTP answer. */
final class EventLines implements EventStream {
  private final InputStream lines;
  private final OutputStream watcher;

  EventLines(InputStream apiServer, OutputStream watcher) {
    this.lines = new ChunkedInput(apiServer);
    this.watcher = watcher;
  }

  @Override
  public Optional<byte[]> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = lines.read(); b >= 0; b = lines.read()) {
      line.write(b);
      if (b == '\n') {
        return Optional.of(line.toByteArray());
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized void send(byte[] event) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.write((Integer.toHexString(event.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    chunk.write(event);
    chunk.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    chunk.writeTo(watcher);
    watcher.flush();
  }

  @Override
  public synchronized void end() throws IOException {
    watcher.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    watcher.flush();
  }
}
