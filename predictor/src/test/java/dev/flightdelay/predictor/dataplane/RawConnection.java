package dev.flightdelay.predictor.dataplane;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** A client that sends exactly the bytes it is told, and reads answers one by one. */
public final class RawConnection implements AutoCloseable {

  /**
   * An answer.
   *
   * @param headers by name, in whatever case
   */
  public record Reply(int status, TreeMap<String, String> headers, String body) {
    public String header(String name) {
      return headers.get(name);
    }
  }

  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  public RawConnection(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Sends text as ISO-8859-1 bytes. */
  public RawConnection send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Says that nothing more is sent. */
  public RawConnection shutOutput() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public Reply reply() {
    return reply(true);
  }

  /** An answer to HEAD. */
  public Reply replyWithoutBody() {
    return reply(false);
  }

  /** An answer's status; 0 where the connection ended without one, as while bytes were sent. */
  public int statusIfAny() {
    try {
      return reply().status();
    } catch (UncheckedIOException ended) {
      return 0;
    }
  }

  private Reply reply(boolean withBody) {
    try {
      String statusLine = line();
      TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        String name = line.substring(0, colon);
        String value = line.substring(colon + 1).strip();
        String before = headers.put(name, value);
        if (before != null) {
          if (!name.equals("WWW-Authenticate")) {
            throw new IllegalStateException("twice: " + line);
          }
          headers.put(name, before + ", " + value);
        }
      }
      int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
      byte[] body = withBody ? in.readNBytes(length) : new byte[0];
      return new Reply(
          Integer.parseInt(statusLine.split(" ")[1]),
          headers,
          new String(body, StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Whether nothing of an answer has come. */
  public boolean isSilent() {
    try {
      return in.available() == 0;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Whether the server has closed the connection, waiting for it. */
  public boolean isClosedByServer() {
    try {
      return in.read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c;
    while ((c = in.read()) != '\n') {
      if (c < 0) {
        throw new IOException("the server closed the connection after: " + line);
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
