package dev.flightdelay.operator.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A loopback address of a pod's own, on which it answers /actuator/info. */
final class PodAddress implements AutoCloseable {
  private static final int MANAGEMENT_PORT = 9090;

  /** 127.x.0.1 and on, x by process: several runs on one machine do not meet. */
  private static final int NETWORK = 1 + (int) (ProcessHandle.current().pid() % 250);

  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private final String ip;
  private final HttpServer server;

  PodAddress(String info) {
    int number = ADDRESSES.incrementAndGet();
    ip = "127." + NETWORK + "." + number / 250 + "." + (1 + number % 250);
    byte[] body = info.getBytes(StandardCharsets.UTF_8);
    try {
      server = HttpServer.create(new InetSocketAddress(ip, MANAGEMENT_PORT), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/actuator/info",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  String ip() {
    return ip;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
