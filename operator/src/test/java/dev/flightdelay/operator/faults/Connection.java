package dev.flightdelay.operator.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One connection of the client, and the connection to the API server that belongs to it. */
final class Connection {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Opens a connection to the API server. */
  @FunctionalInterface
  interface Dialer {
    Socket dial() throws IOException;
  }

  /** Takes note of a write: its call, its object's name, and the API server's status. */
  @FunctionalInterface
  interface WriteLog {
    void add(ApiCall call, String name, int status);
  }

  private final Socket client;
  private final Socket apiServer;
  private final InputStream fromClient;
  private final OutputStream toClient;
  private final InputStream fromApiServer;
  private final OutputStream toApiServer;
  private final Faults faults;
  private final WriteLog writes;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean silent;
  private volatile Optional<EventStream> watch = Optional.empty();

  Connection(Socket client, Dialer dialer, Faults faults, WriteLog writes) throws IOException {
    this.client = client;
    this.apiServer = dialer.dial();
    this.fromClient = new BufferedInputStream(client.getInputStream());
    this.toClient = new BufferedOutputStream(client.getOutputStream());
    this.fromApiServer = new BufferedInputStream(apiServer.getInputStream());
    this.toApiServer = new BufferedOutputStream(apiServer.getOutputStream());
    this.faults = faults;
    this.writes = writes;
  }

  /** Serves the client until one side closes. */
  void serve() throws IOException, InterruptedException {
    boolean open = true;
    while (open) {
      Optional<HttpHead> head = HttpHead.read(fromClient);
      open = head.isPresent() && serve(head.get());
    }
  }

  private boolean serve(HttpHead head) throws IOException, InterruptedException {
    byte[] body = head.body(fromClient);
    String[] methodAndTarget = head.firstLine().split(" ");
    ApiCall call = ApiCall.of(methodAndTarget[0], methodAndTarget[1]);
    haltIfSilent();
    if (!call.isWatch()) {
      travel(faults.delay());
    }
    boolean webSocket = head.header("Upgrade").orElse("").equalsIgnoreCase("websocket");
    head = inAnotherGroup(head, call);
    // What came compressed, or over HTTP/2, could not be read on its way back.
    HttpHead plain = head.without("Accept-Encoding");
    if (!webSocket) {
      plain = plain.without("Upgrade").without("HTTP2-Settings").without("Connection");
    }
    if (call.isWatch()) {
      return watch(call, plain, webSocket);
    }
    if (call.isWrite()) {
      return write(call, plain, body);
    }
    Optional<String> stale = faults.staleRevision();
    ApiAnswer answer =
        call.isRead() && stale.isPresent()
            ? new StaleView(stale.get()).read(call, plain, this::exchange)
            : exchange(plain, body);
    answer(answer);
    return true;
  }

  private HttpHead inAnotherGroup(HttpHead head, ApiCall call) {
    String group = faults.missingGroup();
    return group.isEmpty() || !group.equals(call.group())
        ? head
        : new HttpHead(
            head.firstLine().replace("/apis/" + group, "/apis/not-installed." + group),
            head.headers());
  }

  /** Ends early, and for good, where the client gives up meanwhile. */
  private void travel(Duration delay) throws IOException, InterruptedException {
    long arrives = System.nanoTime() + delay.toNanos();
    for (long left = delay.toNanos(); left > 0; left = arrives - System.nanoTime()) {
      client.setSoTimeout((int) Math.max(1, Duration.ofNanos(left).toMillis()));
      fromClient.mark(1);
      try {
        if (fromClient.read() < 0) {
          throw new IOException("the client has gone");
        }
        fromClient.reset();
        // The next request is there already: nothing to be learned of this one any more.
        Thread.sleep(Duration.ofNanos(Math.max(0, arrives - System.nanoTime())));
      } catch (SocketTimeoutException e) {
        // The client waits.
      }
    }
    client.setSoTimeout(0);
  }

  private boolean watch(ApiCall call, HttpHead head, boolean webSocket)
      throws IOException, InterruptedException {
    send(head, new byte[0]);
    HttpHead answer = answerHead();
    if (answer.status() != (webSocket ? 101 : 200)) {
      answer(new ApiAnswer(answer, answer.body(fromApiServer)));
      return true;
    }
    haltIfSilent();
    toClient.write(answer.bytes());
    toClient.flush();
    EventStream events =
        webSocket
            ? new EventFrames(fromApiServer, toClient)
            : new EventLines(fromApiServer, toClient);
    watch = Optional.of(events);
    if (webSocket) {
      Thread.startVirtualThread(this::passFramesOfClient);
    }
    for (Optional<byte[]> event = events.next(); event.isPresent(); event = events.next()) {
      faults.awaitThaw(call);
      haltIfSilent();
      if (!faults.drops(WatchEvent.read(call, event.get()))) {
        events.send(event.get());
      }
    }
    watch = Optional.empty();
    if (!webSocket) {
      events.end();
    }
    return !webSocket;
  }

  private void passFramesOfClient() {
    try {
      byte[] buffer = new byte[4096];
      for (int count = fromClient.read(buffer); count >= 0; count = fromClient.read(buffer)) {
        haltIfSilent();
        toApiServer.write(buffer, 0, count);
        toApiServer.flush();
      }
      close();
    } catch (IOException | InterruptedException e) {
      // One side is gone: the other one learns it by its own closed connection.
      close();
    }
  }

  private boolean write(ApiCall call, HttpHead head, byte[] body)
      throws IOException, InterruptedException {
    Optional<WriteFault> fault = faults.of(call);
    if (fault.isEmpty()) {
      answer(apply(call, head, body));
      return true;
    }
    return switch (fault.get()) {
      case WriteFault.Refused refused -> {
        applyIf(refused.applied(), call, head, body);
        answer(ApiAnswer.refusal(refused.code(), refused.reason(), refused.retryAfter()));
        yield true;
      }
      case WriteFault.Unanswered unanswered -> {
        applyIf(unanswered.applied(), call, head, body);
        silence();
        haltIfSilent();
        yield false;
      }
      case WriteFault.Reset reset -> {
        applyIf(reset.applied(), call, head, body);
        cut();
        yield false;
      }
      case WriteFault.Then then -> {
        ApiAnswer answer = apply(call, head, body);
        then.action().run();
        answer(answer);
        yield true;
      }
    };
  }

  private void applyIf(WriteFault.Applied applied, ApiCall call, HttpHead head, byte[] body)
      throws IOException {
    switch (applied) {
      case YES -> apply(call, head, body);
      case NO -> writes.add(call, call.name(), 0);
    }
  }

  private ApiAnswer apply(ApiCall call, HttpHead head, byte[] body) throws IOException {
    ApiAnswer answer = exchange(head, body);
    String name =
        call.name().isEmpty()
            ? JSON.readTree(answer.body()).at("/metadata/name").asText()
            : call.name();
    writes.add(call, name, answer.status());
    return answer;
  }

  private ApiAnswer exchange(HttpHead head, byte[] body) throws IOException {
    send(head, body);
    HttpHead answer = answerHead();
    return new ApiAnswer(answer, answer.body(fromApiServer));
  }

  private void send(HttpHead head, byte[] body) throws IOException {
    HttpHead sized = head.without("Transfer-Encoding").with("Content-Length", "" + body.length);
    toApiServer.write((body.length == 0 ? head : sized).bytes());
    toApiServer.write(body);
    toApiServer.flush();
  }

  private HttpHead answerHead() throws IOException {
    return HttpHead.read(fromApiServer)
        .orElseThrow(() -> new IOException("the API server closed the connection"));
  }

  private void answer(ApiAnswer answer) throws IOException, InterruptedException {
    haltIfSilent();
    answer.writeTo(toClient);
  }

  private void haltIfSilent() throws IOException, InterruptedException {
    if (silent) {
      closed.await();
      throw new IOException("closed while silent");
    }
  }

  /** From now on nothing goes either way, and nobody is told: a half-open connection. */
  void silence() {
    silent = true;
  }

  /** Ends this connection's watch, if it is one, with 410 Gone. */
  void expireWatch() throws IOException {
    if (watch.isPresent()) {
      watch.get().send(WatchEvent.EXPIRED);
      watch.get().end();
      close();
    }
  }

  /** Resets the client's connection. */
  void cut() {
    try {
      client.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
    }
    close();
  }

  void close() {
    closed.countDown();
    closeQuietly(client);
    closeQuietly(apiServer);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nobody is left to tell.
    }
  }
}
