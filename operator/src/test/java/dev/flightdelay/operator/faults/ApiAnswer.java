package dev.flightdelay.operator.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A whole answer of the API server, or one in its place. */
record ApiAnswer(HttpHead head, byte[] body) {
  /**
   * A refusal in the API server's own form.
   *
   * @param reason one of the API's reasons for that code: Conflict, TooManyRequests, InternalError,
   *     ..
   */
  static ApiAnswer refusal(int code, String reason, Optional<Duration> retryAfter) {
    String details =
        retryAfter
            .map(d -> ",\"details\":{\"retryAfterSeconds\":" + d.toSeconds() + "}")
            .orElse("");
    HttpHead head =
        new HttpHead("HTTP/1.1 " + code + " " + reason, List.of())
            .with("Content-Type", "application/json");
    return new ApiAnswer(
        retryAfter.map(d -> head.with("Retry-After", "" + d.toSeconds())).orElse(head),
        ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                + "\"message\":\"the fault proxy answers "
                + code
                + "\",\"reason\":\""
                + reason
                + "\",\"code\":"
                + code
                + details
                + "}")
            .getBytes(StandardCharsets.UTF_8));
  }

  int status() {
    return head.status();
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(head.without("Transfer-Encoding").with("Content-Length", "" + body.length).bytes());
    out.write(body);
    out.flush();
  }
}
