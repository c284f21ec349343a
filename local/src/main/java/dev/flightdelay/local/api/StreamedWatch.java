package dev.flightdelay.local.api;

import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** A watch as lines of JSON in one long answer, in the place of a WebSocket. */
final class StreamedWatch implements WebSocket {

  private final RecordedRequest request;
  private final HttpServerResponse response;

  StreamedWatch(RecordedRequest request, HttpServerResponse response) {
    this.request = request;
    this.response = response;
  }

  void open(MockResponse answer) {
    WebSocketListener listener = answer.getWebSocketListener();
    response.closeHandler(closed -> listener.onClosed(this, 1000, "closed"));
    listener.onOpen(this, answer);
  }

  @Override
  public RecordedRequest request() {
    return request;
  }

  @Override
  public boolean send(String text) {
    return send(Buffer.buffer(text + "\n"));
  }

  @Override
  public boolean send(byte[] bytes) {
    return send(Buffer.buffer(bytes));
  }

  private boolean send(Buffer buffer) {
    if (response.closed() || response.ended()) {
      return false;
    }
    response.write(buffer);
    return true;
  }

  @Override
  public boolean close(int code, String reason) {
    if (!response.ended()) {
      response.end();
    }
    return true;
  }
}
