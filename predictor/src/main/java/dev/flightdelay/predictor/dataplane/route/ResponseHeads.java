package dev.flightdelay.predictor.dataplane.route;

import dev.flightdelay.predictor.model.ServedModel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The parts of responses' heads that never change, encoded once: from the status line to the
 * content's type, and who answers.
 */
public final class ResponseHeads {

  static final String JSON = "application/json";
  static final String BINARY = "application/octet-stream";
  static final String HTML = "text/html; charset=utf-8";

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(204, "No Content"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(413, "Content Too Large"),
          Map.entry(414, "URI Too Long"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(417, "Expectation Failed"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"),
          Map.entry(505, "HTTP Version Not Supported"));

  /** An answer is what its type says, whatever a browser would make of its bytes. */
  private static final String NO_SNIFFING = "X-Content-Type-Options: nosniff\r\n";

  /** Pages run and load nothing but this server's own files. */
  private static final String PAGE_HEADERS =
      "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self';"
          + " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'\r\n"
          + "Referrer-Policy: no-referrer\r\n";

  private final String identity;
  private final Map<Integer, byte[]> json = new HashMap<>();
  private final Map<Integer, byte[]> html = new HashMap<>();
  private final byte[] jsonOk;
  private final byte[] binaryOk;

  private ResponseHeads(String identity) {
    this.identity = identity;
    for (int status : REASONS.keySet()) {
      json.put(status, of(status, JSON));
      html.put(status, of(status, HTML));
    }
    this.jsonOk = json(200);
    this.binaryOk = of(200, BINARY);
  }

  /** Heads while there is no model. */
  static ResponseHeads withoutModel() {
    return new ResponseHeads("");
  }

  /** Heads that name the model which answers. */
  static ResponseHeads of(ServedModel model) {
    return new ResponseHeads(
        "x-model-version: "
            + headerText(model.version())
            + "\r\nx-model-sha256: "
            + headerText(model.sha256())
            + "\r\n");
  }

  public byte[] jsonOk() {
    return jsonOk;
  }

  /** Of JSON and the binary data behind it. */
  public byte[] binaryOk() {
    return binaryOk;
  }

  public byte[] json(int status) {
    return json.get(status);
  }

  public byte[] html(int status) {
    return html.get(status);
  }

  /** Of an answer without content. */
  byte[] notModified() {
    return withoutContent("304 Not Modified");
  }

  /** Of an answer that is nothing but its headers. */
  byte[] noContent() {
    return withoutContent("204 No Content");
  }

  private byte[] withoutContent(String status) {
    return ("HTTP/1.1 " + status + "\r\n" + identity).getBytes(StandardCharsets.ISO_8859_1);
  }

  byte[] of(int status, String contentType) {
    // Joined rather than formatted: a formatter's classes are not needed for anything else before
    // the first answer.
    String head =
        "HTTP/1.1 "
            + status
            + " "
            + REASONS.get(status)
            + "\r\nContent-Type: "
            + headerText(contentType)
            + "\r\n"
            + NO_SNIFFING
            + identity
            + (contentType.equals(JSON) || contentType.equals(BINARY) ? "" : PAGE_HEADERS);
    return head.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String headerText(String text) {
    if (!text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(
          "a model's version must be printable ASCII, because responses carry it in a header");
    }
    return text;
  }
}
