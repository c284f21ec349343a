package dev.flightdelay.predictor.dataplane.http1;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flightdelay.predictor.auth.scheme.Credentials;
import dev.flightdelay.predictor.dataplane.admission.CrossOrigin;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.route.Request;
import dev.flightdelay.predictor.dialect.MediaType;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import java.net.URLDecoder;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;

/**
 * What the server acts upon of a request's line and headers; used again for the next request.
 *
 * <p>Netty has read and checked them; refused here is what it lets pass though two servers could
 * understand it differently (request smuggling).
 */
final class RequestHead implements Request {

  private static final int MAX_HEADERS = 100;
  private static final int LINE_END = 2;
  private static final BitSet IN_TARGET = new BitSet(128);

  /** The target of OPTIONS that asks about the server rather than a path. */
  private static final String ALL = "*";

  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";
  private static final String IN_HOST = "-.:_[]~%!$&'()*+;=";
  private static final AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
  private static final AsciiString JSON_LENGTH =
      AsciiString.cached("inference-header-content-length");

  static {
    IN_TARGET.set('!', 0x7f);
    "\"<>\\^`{|}#".chars().forEach(IN_TARGET::clear);
  }

  private static final List<MediaType> OTHER_TYPES =
      List.of(MediaType.FORM, MediaType.OCTETS, MediaType.TEXT, MediaType.CSV);

  private final DataPlaneLimits limits;
  private final Credentials credentials;
  private final CrossOrigin crossOrigin;
  private final AsciiString[] credentialNames;

  /** A bit for each length that such a name has: most headers are told by it. */
  private final long credentialLengths;

  private final boolean readsForwarded;

  HttpMethod method;
  String path;

  /** What stands behind the ? of the target, escaped; null where there is none. */
  String query;

  boolean http10;
  boolean keepAlive;
  boolean chunked;
  boolean expectsContinue;
  boolean otherExpectation;

  /** How the body is compressed; null where it is not. */
  ContentCoding coding;

  MediaType mediaType;

  /** For whom the request was passed on; null where it does not say, or nobody wants to know. */
  String forwardedFor;

  /** The codings of answers that the client takes; null where it does not say. */
  private String acceptEncoding;

  /** The entity tags that the client has; null where it does not say. */
  private String ifNoneMatch;

  /** -1 where the request does not say. */
  long contentLength;

  /** How many bytes of the body are JSON that binary data follows; -1 where all are. */
  int jsonLength;

  /** Whose page asks; null where the request does not say, or it makes no difference. */
  private String origin;

  private boolean otherCoding;
  private boolean host;
  private boolean typed;

  /**
   * @param credentials where to put what the request says of who calls
   * @param readsForwarded whether anybody wants to know for whom a request was passed on
   * @param crossOrigin whose pages may read answers
   */
  RequestHead(
      DataPlaneLimits limits,
      Credentials credentials,
      boolean readsForwarded,
      CrossOrigin crossOrigin) {
    this.limits = limits;
    this.readsForwarded = readsForwarded;
    this.credentials = credentials;
    this.crossOrigin = crossOrigin;
    this.credentialNames =
        credentials.names().stream().map(AsciiString::cached).toArray(AsciiString[]::new);
    long lengths = 0;
    for (AsciiString name : credentialNames) {
      lengths |= 1L << name.length();
    }
    this.credentialLengths = lengths;
    reset();
  }

  @Override
  public HttpMethod method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public MediaType mediaType() {
    return mediaType;
  }

  @Override
  public boolean otherCoding() {
    return otherCoding;
  }

  @Override
  public boolean binaryData() {
    return jsonLength >= 0;
  }

  /** The answer's header lines that say whose pages may read it; null where there are none. */
  byte[] crossOriginLines() {
    return crossOrigin.isOn() ? crossOrigin.lines(origin, method.equals(HttpMethod.OPTIONS)) : null;
  }

  /**
   * Whether a browser asks what a page may ask, which it does without saying for whom. Where pages
   * of other origins may not ask anything, it is a question like others.
   */
  boolean isPreflight() {
    return crossOrigin.isOn() && origin != null && method.equals(HttpMethod.OPTIONS);
  }

  /** Forgets the request. */
  void reset() {
    method = HttpMethod.GET;
    path = "";
    query = null;
    http10 = false;
    keepAlive = true;
    chunked = false;
    expectsContinue = false;
    otherExpectation = false;
    coding = null;
    otherCoding = false;
    acceptEncoding = null;
    forwardedFor = null;
    ifNoneMatch = null;
    origin = null;
    jsonLength = -1;
    mediaType = MediaType.ABSENT;
    credentials.clear();
    contentLength = -1;
    host = false;
    typed = false;
  }

  /**
   * Reads a request's head.
   *
   * @throws RefusedRequestException where it is no request that is served
   */
  void read(HttpRequest request) {
    reset();
    method = request.method();
    path = request.uri();
    DecoderResult result = request.decoderResult();
    if (result.isFailure()) {
      throw refusal(result.cause());
    }
    version(request.protocolVersion());
    target(request.uri());
    keepAlive = !http10;
    headers(request);
    if (!host && !http10) {
      throw refused(400, "the request has no Host header");
    }
    size(request);
  }

  private void version(HttpVersion version) {
    // The same object where it is written as it should be, an equal one where in small letters.
    http10 = version == HttpVersion.HTTP_1_0;
    if (!http10 && version != HttpVersion.HTTP_1_1) {
      boolean known = version.majorVersion() == 1 && version.minorVersion() <= 1;
      throw refused(known ? 400 : 505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
    }
  }

  /** How to answer what Netty could not read. */
  private RefusedRequestException refusal(Throwable cause) {
    return switch (cause) {
      case RefusedRequestException refused -> refused;
      case TooLongHttpLineException tooLong ->
          refused(414, "the request line is longer than " + limits.requestLineBytes() + " bytes");
      case TooLongHttpHeaderException tooLong -> tooLong();
      default -> malformed("the request's head", cause);
    };
  }

  /** Says why where Netty has a sentence on it. */
  static RefusedRequestException malformed(String part, Throwable cause) {
    boolean explained = cause instanceof IllegalArgumentException && cause.getMessage() != null;
    String why = explained ? ": " + cause.getMessage() : "";
    return refused(400, part + " is no valid HTTP/1.1" + why);
  }

  /** Counts line ends too, which Netty does not, so that the limit holds for what was sent. */
  private void size(HttpRequest request) {
    int headers = request.headers().size();
    if (headers > MAX_HEADERS) {
      throw refused(431, "there are more than " + MAX_HEADERS + " headers");
    }
    int lines = headers + 2;
    if (((HttpMessageDecoderResult) request.decoderResult()).totalSize() + lines * LINE_END
        > limits.headBytes()) {
      throw tooLong();
    }
  }

  private RefusedRequestException tooLong() {
    return refused(431, "the headers are longer than " + limits.headBytes() + " bytes");
  }

  /** The path and query of a target in any of its forms (RFC 9112, section 3.2). */
  private void target(String target) {
    if (target.charAt(0) == '/') {
      pathAndQuery(target);
      return;
    }
    if (target.equals(ALL) && method.equals(HttpMethod.OPTIONS)) {
      path = ALL;
      query = null;
      return;
    }
    absolute(target);
  }

  /** What proxies are sent; whose host it is makes no difference, as it makes none in Host. */
  private void absolute(String target) {
    int host =
        target.regionMatches(true, 0, HTTP, 0, HTTP.length())
            ? HTTP.length()
            : target.regionMatches(true, 0, HTTPS, 0, HTTPS.length()) ? HTTPS.length() : -1;
    if (host < 0) {
      throw refused(400, "the request's target is neither a path nor a URI");
    }
    int end = host;
    while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    if (end == host || !isHost(target, host, end)) {
      throw refused(400, "the host of the request's target is no host");
    }
    String rest = target.substring(end);
    if (rest.isEmpty() && method.equals(HttpMethod.OPTIONS)) {
      path = ALL;
      query = null;
      return;
    }
    pathAndQuery(rest.startsWith("/") ? rest : "/" + rest);
  }

  private void pathAndQuery(String target) {
    int end = target.length();
    boolean escaped = false;
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (!IN_TARGET.get(c)) {
        throw refused(400, "the request's target has a character that must be escaped");
      }
      if (c == '?' && end == target.length()) {
        end = i;
      }
      escaped |= c == '%';
    }
    String given = target.substring(0, end);
    path = withoutSlash(escaped ? unescaped(given) : given);
    query = end == target.length() ? null : target.substring(end + 1);
  }

  /** One slash at the end makes no difference. */
  private static String withoutSlash(String path) {
    int last = path.length() - 1;
    return last > 0 && path.charAt(last) == '/' && path.charAt(last - 1) != '/'
        ? path.substring(0, last)
        : path;
  }

  private static String unescaped(String path) {
    try {
      // The '+' is a space in forms, but not in a path.
      String unescaped = URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
      if (unescaped.chars().noneMatch(c -> c < ' ')) {
        return unescaped;
      }
    } catch (IllegalArgumentException malformed) {
      // Answered below.
    }
    throw refused(400, "the path has a '%' that is no escaped character");
  }

  private void headers(HttpRequest request) {
    Iterator<Entry<CharSequence, CharSequence>> headers = request.headers().iteratorCharSequence();
    while (headers.hasNext()) {
      Entry<CharSequence, CharSequence> header = headers.next();
      CharSequence name = header.getKey();
      CharSequence value = header.getValue();
      // Shifts count modulo 64: a longer name may be compared in vain.
      if ((credentialLengths >>> name.length() & 1) != 0) {
        credential(name, value);
      }
      // Names of one length are compared with one name at most, or two where proxies are trusted.
      // or two where proxies are trusted.
      switch (name.length()) {
        case 4 -> {
          if (same(name, HttpHeaderNames.HOST)) {
            host(value);
          }
        }
        case 6 -> {
          if (crossOrigin.isOn() && same(name, HttpHeaderNames.ORIGIN)) {
            origin = value.toString();
          } else if (same(name, HttpHeaderNames.EXPECT)) {
            boolean known = same(value, HttpHeaderValues.CONTINUE);
            expectsContinue |= known;
            otherExpectation |= !known;
          }
        }
        case 10 -> {
          if (same(name, HttpHeaderNames.CONNECTION)) {
            keepAlive = HttpUtil.isKeepAlive(request);
          }
        }
        case 12 -> {
          if (same(name, HttpHeaderNames.CONTENT_TYPE)) {
            type(value);
          }
        }
        case 13 -> {
          if (same(name, HttpHeaderNames.IF_NONE_MATCH)) {
            ifNoneMatch = ifNoneMatch == null ? value.toString() : ifNoneMatch + "," + value;
          }
        }
        case 14 -> {
          if (same(name, HttpHeaderNames.CONTENT_LENGTH)) {
            contentLength = Long.parseLong(value, 0, value.length(), 10);
          }
        }
        case 15 -> {
          if (same(name, HttpHeaderNames.ACCEPT_ENCODING)) {
            acceptEncoding =
                acceptEncoding == null ? value.toString() : acceptEncoding + "," + value;
          } else if (readsForwarded && same(name, FORWARDED_FOR)) {
            forwardedFor = forwardedFor == null ? value.toString() : forwardedFor + "," + value;
          }
        }
        case 16 -> {
          if (same(name, HttpHeaderNames.CONTENT_ENCODING)) {
            coding(value);
          }
        }
        case 17 -> {
          if (same(name, HttpHeaderNames.TRANSFER_ENCODING)) {
            if (chunked || !same(value, HttpHeaderValues.CHUNKED)) {
              throw refused(400, "the only Transfer-Encoding taken is 'chunked', once");
            }
            chunked = true;
          }
        }
        case 18 -> {
          // Netty expects a body where two such headers of an old draft are.
          if (same(name, HttpHeaderNames.SEC_WEBSOCKET_KEY1)) {
            throw refused(400, "WebSockets are not spoken here");
          }
        }
        case 31 -> {
          if (same(name, JSON_LENGTH)) {
            jsonLength(value);
          }
        }
        default -> {
          // Of no concern to this server.
        }
      }
    }
  }

  private void credential(CharSequence name, CharSequence value) {
    for (int i = 0; i < credentialNames.length; i++) {
      if (same(name, credentialNames[i])) {
        credentials.add(i, value.toString());
        return;
      }
    }
  }

  private void host(CharSequence value) {
    if (host) {
      throw refused(400, "there are two Host headers");
    }
    if (!isHost(value, 0, value.length())) {
      throw refused(400, "the Host header is no host");
    }
    host = true;
  }

  private static boolean isHost(CharSequence text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean part = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!part && IN_HOST.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the client has what has that entity tag, by weak comparison (RFC 9110, section 13.1.2).
   *
   * @param tag with its quotes, so that it is no part of another
   */
  boolean has(String tag) {
    return ifNoneMatch != null && (ifNoneMatch.equals("*") || ifNoneMatch.contains(tag));
  }

  /** Whether an answer of that length is to be compressed. */
  boolean takesCompressed(int length) {
    boolean isLong = length >= AnswerCompression.WORTHWHILE;
    // Short answers are compressed only where a quality says that nothing else is taken.
    if (acceptEncoding == null || !isLong && acceptEncoding.indexOf(';') < 0) {
      return false;
    }
    return switch (AcceptedCodings.of(acceptEncoding)) {
      case IDENTITY -> false;
      case GZIP -> isLong;
      case GZIP_ONLY -> true;
    };
  }

  private void coding(CharSequence value) {
    if (value.isEmpty() || same(value, HttpHeaderValues.IDENTITY)) {
      return;
    }
    ContentCoding found = ContentCoding.of(value);
    // Compressed twice is not smaller, but a bomb in a bomb.
    otherCoding |= found == null || coding != null;
    coding = found;
  }

  private void jsonLength(CharSequence value) {
    boolean number =
        !value.isEmpty()
            && value.length() < 10
            && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    if (jsonLength >= 0 || !number) {
      throw refused(400, "Inference-Header-Content-Length must be one number of bytes");
    }
    jsonLength = Integer.parseInt(value, 0, value.length(), 10);
  }

  private void type(CharSequence value) {
    MediaType said = mediaType(value.toString());
    if (!typed) {
      typed = true;
      mediaType = said;
    } else if (isBinaryAfterJson(mediaType, said) || isBinaryAfterJson(said, mediaType)) {
      mediaType = MediaType.JSON;
    } else {
      throw refused(400, "there are two Content-Type headers");
    }
  }

  /** KServe's transformers say both of binary tensors, which JSON stands before. */
  private static boolean isBinaryAfterJson(MediaType one, MediaType other) {
    return one == MediaType.JSON && other == MediaType.OCTETS;
  }

  private static MediaType mediaType(String value) {
    int end = value.indexOf(';');
    String type = (end < 0 ? value : value.substring(0, end)).stripTrailing();
    if (type.isEmpty()) {
      return MediaType.ABSENT;
    }
    if (type.equalsIgnoreCase("application/json")
        || type.regionMatches(true, type.length() - 5, "+json", 0, 5)) {
      return MediaType.JSON;
    }
    for (MediaType known : OTHER_TYPES) {
      if (type.equalsIgnoreCase(known.toString())) {
        return known;
      }
    }
    return MediaType.OTHER;
  }

  private static boolean same(CharSequence text, AsciiString other) {
    return other.contentEqualsIgnoreCase(text);
  }

  private static RefusedRequestException refused(int status, String message) {
    return new RefusedRequestException(status, message);
  }
}
