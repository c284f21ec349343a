package dev.flightdelay.operator.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The head of an HTTP/1.1 message: its first line and its headers in their order. */
record HttpHead(String firstLine, List<Header> headers) {
  record Header(String name, String value) {}

  HttpHead {
    headers = List.copyOf(headers);
  }

  /** Empty where the peer has closed the connection between two messages. */
  static Optional<HttpHead> read(InputStream in) throws IOException {
    String firstLine = line(in);
    if (firstLine.isEmpty()) {
      return Optional.empty();
    }
    List<Header> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return Optional.of(new HttpHead(firstLine, headers));
  }

  /** A line without its end; empty also at the end of the stream. */
  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  HttpHead with(String name, String value) {
    List<Header> changed = new ArrayList<>(without(name).headers);
    changed.add(new Header(name, value));
    return new HttpHead(firstLine, changed);
  }

  HttpHead without(String name) {
    return new HttpHead(
        firstLine, headers.stream().filter(h -> !h.name().equalsIgnoreCase(name)).toList());
  }

  HttpHead withFirstLine(String other) {
    return new HttpHead(other, headers);
  }

  boolean isChunked() {
    return header("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked");
  }

  /** The status of an answer. */
  int status() {
    return Integer.parseInt(firstLine.split(" ")[1]);
  }

  /** Reads the body that follows this head, whole. */
  byte[] body(InputStream in) throws IOException {
    if (isChunked()) {
      try (ChunkedInput chunks = new ChunkedInput(in)) {
        return chunks.readAllBytes();
      }
    }
    int length = header("Content-Length").map(Integer::parseInt).orElse(0);
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the connection ended within a body of " + length + " bytes");
    }
    return body;
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder(firstLine).append("\r\n");
    headers.forEach(h -> text.append(h.name()).append(": ").append(h.value()).append("\r\n"));
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
