package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.dialect.MediaType;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A request's line and headers (RFC 9112), read straight from bytes: only what the server acts upon
 * is kept, but every byte is checked.
 *
 * <p>Strict where leniency lets two servers see different requests: lines end with CRLF, headers
 * are not folded, there is one way to say how long the body is.
 */
final class RequestHead {

  enum Method {
    GET,
    HEAD,
    POST,
    OTHER
  }

  private static final int MAX_HEADERS = 100;
  private static final boolean[] TOKEN = new boolean[256];
  private static final boolean[] TARGET = new boolean[256];
  private static final boolean[] VALUE = new boolean[256];

  static {
    for (int c = 0x21; c < 0x7f; c++) {
      TOKEN[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
      TARGET[c] = "\"<>\\^`{|}#".indexOf(c) < 0;
    }
    Arrays.fill(VALUE, 0x20, 256, true);
    VALUE[0x7f] = false;
    VALUE['\t'] = true;
  }

  private static final byte[] HOST = ascii("host");
  private static final byte[] EXPECT = ascii("expect");
  private static final byte[] CONNECTION = ascii("connection");
  private static final byte[] CONTENT_TYPE = ascii("content-type");
  private static final byte[] CONTENT_LENGTH = ascii("content-length");
  private static final byte[] CONTENT_ENCODING = ascii("content-encoding");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
  private static final byte[] BINARY_TENSORS = ascii("inference-header-content-length");

  private static final byte[] CLOSE = ascii("close");
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");
  private static final byte[] CHUNKED = ascii("chunked");
  private static final byte[] CONTINUE = ascii("100-continue");
  private static final byte[] IDENTITY = ascii("identity");
  private static final byte[] JSON = ascii("application/json");
  private static final byte[] JSON_SUFFIX = ascii("+json");
  private static final byte[] FORM = ascii("application/x-www-form-urlencoded");

  private final int maxLine;
  private final int maxHead;

  Method method = Method.OTHER;
  String path = "";
  boolean http10;
  boolean keepAlive;
  boolean chunked;
  boolean expectsContinue;
  boolean otherExpectation;
  boolean encoded;
  boolean binaryTensors;
  MediaType mediaType = MediaType.ABSENT;

  /** -1 where the request does not say. */
  long contentLength = -1;

  private boolean host;
  private boolean typed;
  private boolean closing;

  RequestHead(DataPlaneLimits limits) {
    this.maxLine = limits.requestLineBytes();
    this.maxHead = limits.headBytes();
  }

  /**
   * Reads a head from {@code b[from, to)}.
   *
   * @return the position behind the head, or -1 where it is not complete
   * @throws RefusedRequestException where it cannot become a request that is served
   */
  int read(byte[] b, int from, int to) {
    reset();
    int start = from;
    if (start + 1 < to && b[start] == '\r' && b[start + 1] == '\n') {
      // An empty line before a request line, as some clients send after a body (RFC 9112, 2.2).
      start += 2;
    }
    int lineLimit = Math.min(to, start + maxLine);
    int at = requestLine(b, start, lineLimit);
    if (at < 0) {
      if (to - start >= maxLine) {
        throw refused(414, "the request line is longer than " + maxLine + " bytes");
      }
      return -1;
    }
    int limit = Math.min(to, start + maxHead);
    for (int headers = 0; ; headers++) {
      if (at < limit && b[at] == '\r') {
        if (at + 1 < limit) {
          if (b[at + 1] != '\n') {
            throw refused(400, "a line of the head does not end with CR LF");
          }
          check();
          return at + 2;
        }
        at = -1;
      } else {
        at = header(b, at, limit);
      }
      if (at < 0) {
        if (to - start >= maxHead) {
          throw refused(431, "the headers are longer than " + maxHead + " bytes");
        }
        return -1;
      }
      if (headers == MAX_HEADERS) {
        throw refused(431, "there are more than " + MAX_HEADERS + " headers");
      }
    }
  }

  private void reset() {
    method = Method.OTHER;
    path = "";
    http10 = false;
    keepAlive = true;
    chunked = false;
    expectsContinue = false;
    otherExpectation = false;
    encoded = false;
    binaryTensors = false;
    mediaType = MediaType.ABSENT;
    contentLength = -1;
    host = false;
    typed = false;
    closing = false;
  }

  private int requestLine(byte[] b, int from, int limit) {
    int i = from;
    while (i < limit && TOKEN[b[i] & 0xff]) {
      i++;
    }
    if (i == limit) {
      return -1;
    }
    if (i == from || b[i] != ' ') {
      throw refused(400, "the request line does not begin with a method");
    }
    method = method(b, from, i);
    int target = ++i;
    int query = -1;
    boolean escaped = false;
    while (i < limit && TARGET[b[i] & 0xff]) {
      if (b[i] == '?' && query < 0) {
        query = i;
      } else if (b[i] == '%') {
        escaped = true;
      }
      i++;
    }
    if (i == limit) {
      return -1;
    }
    if (b[i] != ' ' || i == target) {
      throw refused(400, "the request line is not 'method path HTTP/1.1'");
    }
    if (b[target] != '/') {
      throw refused(400, "the request's target is not a path");
    }
    int version = i + 1;
    int end = version + 10;
    for (i = version; i < Math.min(end, limit); i++) {
      int k = i - version;
      boolean right =
          switch (k) {
            case 5, 7 -> b[i] >= '0' && b[i] <= '9';
            case 8 -> b[i] == '\r';
            case 9 -> b[i] == '\n';
            default -> b[i] == "HTTP/1.1".charAt(k);
          };
      if (!right) {
        throw refused(400, "the request line does not end with HTTP/1.1");
      }
    }
    if (end > limit) {
      return -1;
    }
    if (b[version + 5] != '1' || b[version + 7] > '1') {
      throw refused(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
    }
    http10 = b[version + 7] == '0';
    keepAlive = !http10;
    int pathEnd = query < 0 ? version - 1 : query;
    path = new String(b, target, pathEnd - target, StandardCharsets.ISO_8859_1);
    if (escaped) {
      path = unescaped(path);
    }
    return end;
  }

  private static Method method(byte[] b, int from, int to) {
    int length = to - from;
    if (length == 4 && b[from] == 'P' && b[from + 1] == 'O' && b[from + 2] == 'S') {
      return b[from + 3] == 'T' ? Method.POST : Method.OTHER;
    }
    if (length == 3 && b[from] == 'G' && b[from + 1] == 'E' && b[from + 2] == 'T') {
      return Method.GET;
    }
    if (length == 4 && b[from] == 'H' && b[from + 1] == 'E' && b[from + 2] == 'A') {
      return b[from + 3] == 'D' ? Method.HEAD : Method.OTHER;
    }
    return Method.OTHER;
  }

  private static String unescaped(String path) {
    byte[] bytes = new byte[path.length()];
    int length = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        int high = i + 1 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
        int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0 || (high << 4 | low) < 0x20) {
          throw refused(400, "the path has a '%' that is no escaped character");
        }
        c = (char) (high << 4 | low);
        i += 2;
      }
      bytes[length++] = (byte) c;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Reads a header and gives the position behind its line, or -1. */
  private int header(byte[] b, int from, int limit) {
    int i = from;
    while (i < limit && TOKEN[b[i] & 0xff]) {
      i++;
    }
    if (i == limit) {
      return -1;
    }
    if (b[i] != ':' || i == from) {
      throw refused(
          400,
          b[from] == ' ' || b[from] == '\t'
              ? "a header is folded over lines"
              : "a header has no valid name");
    }
    int nameEnd = i++;
    while (i < limit && (b[i] == ' ' || b[i] == '\t')) {
      i++;
    }
    int value = i;
    while (i < limit && VALUE[b[i] & 0xff]) {
      i++;
    }
    if (i + 1 >= limit) {
      if (i < limit && b[i] != '\r') {
        throw refused(400, "a header's value has a control character");
      }
      return -1;
    }
    if (b[i] != '\r' || b[i + 1] != '\n') {
      throw refused(400, "a header's value has a control character, or its line no CR LF");
    }
    int valueEnd = i;
    while (valueEnd > value && (b[valueEnd - 1] == ' ' || b[valueEnd - 1] == '\t')) {
      valueEnd--;
    }
    known(b, from, nameEnd, value, valueEnd);
    return i + 2;
  }

  private void known(byte[] b, int name, int nameEnd, int value, int valueEnd) {
    switch (nameEnd - name) {
      case 4 -> {
        if (same(b, name, nameEnd, HOST)) {
          host(b, value, valueEnd);
        }
      }
      case 6 -> {
        if (same(b, name, nameEnd, EXPECT)) {
          boolean known = same(b, value, valueEnd, CONTINUE);
          expectsContinue |= known;
          otherExpectation |= !known;
        }
      }
      case 10 -> {
        if (same(b, name, nameEnd, CONNECTION)) {
          connection(b, value, valueEnd);
        }
      }
      case 12 -> {
        if (same(b, name, nameEnd, CONTENT_TYPE)) {
          if (typed) {
            throw refused(400, "there are two Content-Type headers");
          }
          typed = true;
          mediaType = mediaType(b, value, valueEnd);
        }
      }
      case 14 -> {
        if (same(b, name, nameEnd, CONTENT_LENGTH)) {
          contentLength(b, value, valueEnd);
        }
      }
      case 16 -> {
        if (same(b, name, nameEnd, CONTENT_ENCODING)) {
          encoded |= !same(b, value, valueEnd, IDENTITY);
        }
      }
      case 17 -> {
        if (same(b, name, nameEnd, TRANSFER_ENCODING)) {
          if (chunked || !same(b, value, valueEnd, CHUNKED)) {
            throw refused(400, "the only Transfer-Encoding taken is 'chunked', once");
          }
          chunked = true;
        }
      }
      case 31 -> binaryTensors |= same(b, name, nameEnd, BINARY_TENSORS);
      default -> {
        // Of no concern to this server.
      }
    }
  }

  private void host(byte[] b, int from, int to) {
    if (host) {
      throw refused(400, "there are two Host headers");
    }
    for (int i = from; i < to; i++) {
      int c = b[i];
      boolean part =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '-' && c <= ':' && c != '/';
      if (!part && "_[]~%!$&'()*+;=".indexOf(c) < 0) {
        throw refused(400, "the Host header is no host");
      }
    }
    host = true;
  }

  private void connection(byte[] b, int from, int to) {
    int at = from;
    while (at < to) {
      int comma = at;
      while (comma < to && b[comma] != ',') {
        comma++;
      }
      int first = at;
      int last = comma;
      while (first < last && b[first] <= ' ') {
        first++;
      }
      while (last > first && b[last - 1] <= ' ') {
        last--;
      }
      if (same(b, first, last, CLOSE)) {
        keepAlive = false;
        closing = true;
      } else if (same(b, first, last, KEEP_ALIVE) && !closing) {
        keepAlive = true;
      }
      at = comma + 1;
    }
  }

  private static MediaType mediaType(byte[] b, int from, int to) {
    int end = from;
    while (end < to && b[end] != ';' && b[end] != ' ') {
      end++;
    }
    if (end == from) {
      return MediaType.ABSENT;
    }
    if (same(b, from, end, JSON)
        || end - from > 5 && same(b, end - JSON_SUFFIX.length, end, JSON_SUFFIX)) {
      return MediaType.JSON;
    }
    return same(b, from, end, FORM) ? MediaType.FORM : MediaType.OTHER;
  }

  private void contentLength(byte[] b, int from, int to) {
    if (contentLength >= 0) {
      throw refused(400, "there are two Content-Length headers");
    }
    if (from == to || to - from > 18) {
      throw refused(to - from > 18 ? 413 : 400, "the Content-Length is no length");
    }
    long length = 0;
    for (int i = from; i < to; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        throw refused(400, "the Content-Length is no length");
      }
      length = length * 10 + digit;
    }
    contentLength = length;
  }

  private void check() {
    if (!host && !http10) {
      throw refused(400, "the request has no Host header");
    }
    if (chunked && (contentLength >= 0 || http10)) {
      throw refused(
          400,
          http10
              ? "HTTP/1.0 has no Transfer-Encoding"
              : "a request with Transfer-Encoding has no Content-Length");
    }
  }

  /** Whether bytes are the lower-case word, in whatever case. */
  private static boolean same(byte[] b, int from, int to, byte[] lowerCase) {
    if (to - from != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte c = b[from + i];
      if (c != lowerCase[i] && (c < 'A' || c > 'Z' || c + 32 != lowerCase[i])) {
        return false;
      }
    }
    return true;
  }

  private static RefusedRequestException refused(int status, String message) {
    return new RefusedRequestException(status, message);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
