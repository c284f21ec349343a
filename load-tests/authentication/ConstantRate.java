import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Asks at a constant rate over one kept connection, whether or not the last answer was late, and
 * says how long each took from the moment at which it was due: PATH BODY-FILE EXPECTED-FILE, and
 * then, line by line on standard input, what to do: PORT RATE COUNT HEADERS-FILE OFFSET.
 *
 * <p>Request i carries line OFFSET + i of the headers' file, from its beginning again at its end. It
 * waits without sleeping, because a sleep's inaccuracy is larger than what is measured here. (For
 * many connections, refusals and timeouts there is scenarios/open_loop.py, whose own interpreter
 * takes longer for a request than a check of credentials.)
 */
class ConstantRate {

  private static final int MAX_ANSWER_BYTES = 64 << 10;

  public static void main(String[] arguments) throws Exception {
    String path = arguments[0];
    byte[] body = Files.readAllBytes(Path.of(arguments[1]));
    byte[] expected = Files.readAllBytes(Path.of(arguments[2]));
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ");
      List<String> headers = Files.readAllLines(Path.of(words[3]));
      int count = Integer.parseInt(words[2]);
      byte[][] requests = new byte[count][];
      for (int i = 0; i < count; i++) {
        int at = (Integer.parseInt(words[4]) + i) % headers.size();
        requests[i] = request(path, headers.get(at), body);
      }
      System.out.println(run(Integer.parseInt(words[0]), Integer.parseInt(words[1]), requests, expected));
    }
  }

  private static byte[] request(String path, String header, byte[] body) {
    String head =
        "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + (header.isEmpty() ? "" : header + "\r\n")
            + "Content-Length: " + body.length + "\r\n\r\n";
    byte[] bytes = Arrays.copyOf(head.getBytes(StandardCharsets.ISO_8859_1), head.length() + body.length);
    System.arraycopy(body, 0, bytes, head.length(), body.length);
    return bytes;
  }

  private static String run(int port, int rate, byte[][] requests, byte[] expected) throws Exception {
    long[] nanos = new long[requests.length];
    int wrong = 0;
    String firstWrong = "";
    try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port))) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      ByteBuffer in = ByteBuffer.allocateDirect(MAX_ANSWER_BYTES);
      ByteBuffer out = ByteBuffer.allocateDirect(MAX_ANSWER_BYTES);
      byte[] answer = new byte[MAX_ANSWER_BYTES];
      long pause = 1_000_000_000L / rate;
      long due = System.nanoTime() + 10_000_000;
      for (int i = 0; i < requests.length; i++, due += pause) {
        out.clear().put(requests[i]).flip();
        while (System.nanoTime() - due < 0) {
          Thread.onSpinWait();
        }
        while (out.hasRemaining()) {
          channel.write(out);
        }
        in.clear();
        int length = -1;
        while (length < 0 || in.position() < length) {
          if (channel.read(in) < 0) {
            throw new IllegalStateException("the server closed the connection");
          }
          if (length < 0) {
            length = length(in);
          }
        }
        nanos[i] = System.nanoTime() - due;
        in.flip().get(answer, 0, length);
        if (!Arrays.equals(answer, length - expected.length, length, expected, 0, expected.length)
            || answer[9] != '2') {
          if (wrong++ == 0) {
            firstWrong = new String(answer, 0, Math.min(length, 600), StandardCharsets.UTF_8);
          }
        }
      }
    }
    Arrays.sort(nanos);
    return "{\"count\":%d,\"wrong\":%d,\"p50\":%.1f,\"p90\":%.1f,\"p99\":%.1f,\"max\":%.1f,\"first_wrong\":\"%s\"}"
        .formatted(
            nanos.length, wrong, at(nanos, 0.5), at(nanos, 0.9), at(nanos, 0.99), at(nanos, 1),
            firstWrong.replaceAll("[^ !#-\\[\\]-~]", " "));
  }

  private static double at(long[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))] / 1000.0;
  }

  /** The answer's length with its head, once the head is there; else -1. */
  private static int length(ByteBuffer in) {
    int end = in.position();
    for (int i = 3; i < end; i++) {
      if (in.get(i) == '\n' && in.get(i - 1) == '\r' && in.get(i - 2) == '\n') {
        byte[] head = new byte[i];
        in.get(0, head);
        String text = new String(head, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("Content-Length: ") + 16;
        return i + 1 + Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
      }
    }
    return -1;
  }
}
