package dev.flightdelay.operator.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Stands between a client and a kube-apiserver: plain HTTP on loopback towards the client, whose
 * own token goes on to the API server over TLS, so that its rights are the real ones.
 */
public final class FaultProxy implements AutoCloseable {
  private final URI apiServer;
  private final SSLContext trust;
  private final Faults faults = new Faults();
  private final List<Write> writes = Collections.synchronizedList(new ArrayList<>());
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private final int port;
  private volatile ServerSocket listener;
  private volatile boolean silent;

  /**
   * @param apiServer such as https://127.0.0.1:6443
   * @param trust trusts the API server's certificate
   */
  public FaultProxy(URI apiServer, SSLContext trust) throws IOException {
    this.apiServer = apiServer;
    this.trust = trust;
    listener = listen(0);
    port = listener.getLocalPort();
  }

  private ServerSocket listen(int wantedPort) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort), 200);
    Thread.ofVirtual().name("fault-proxy").start(() -> accept(socket));
    return socket;
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        int cutsBefore = cuts.get();
        Thread.startVirtualThread(() -> serve(client, socket, cutsBefore));
      } catch (IOException e) {
        // Closed by an outage, or for good.
        return;
      }
    }
  }

  private void serve(Socket client, ServerSocket door, int cutsBefore) {
    try (client) {
      Connection connection = new Connection(client, this::dial, faults, this::log);
      connections.add(connection);
      try {
        if (door.isClosed() || cuts.get() != cutsBefore) {
          // Cut while it was on its way to the API server, where no list had it yet.
          connection.cut();
          return;
        }
        if (silent) {
          connection.silence();
        }
        connection.serve();
      } finally {
        connections.remove(connection);
        connection.close();
      }
    } catch (IOException | InterruptedException e) {
      // One side closed its connection: the other one is closed with it, as any proxy would.
    }
  }

  private Socket dial() throws IOException {
    return trust.getSocketFactory().createSocket(apiServer.getHost(), apiServer.getPort());
  }

  private void log(ApiCall call, String name, int status) {
    writes.add(Write.of(call, name, status, Instant.now()));
  }

  /** Where the client finds its API server. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Every write so far, in the order in which they were answered. */
  public List<Write> writes() {
    synchronized (writes) {
      return List.copyOf(writes);
    }
  }

  /** Holds back the events of these watches; once closed, they arrive late. */
  public Fault freezeWatches(Predicate<ApiCall> watches) {
    return faults.freeze(watches);
  }

  /** These events never arrive. */
  public Fault dropEvents(Predicate<WatchEvent> events) {
    return faults.drop(events);
  }

  /** Reads answer as of this revision, and watches bring nothing; writes are applied as ever. */
  public Fault serveStale(String resourceVersion) {
    return faults.stale(resourceVersion);
  }

  public Fault failWrites(Writes which, WriteFault fault) {
    return faults.fail(which, fault);
  }

  /**
   * Every request but a watch takes so long to the API server; one whose client has closed its
   * connection by then does not arrive.
   */
  public Fault slow(Duration delay) {
    return faults.slow(delay);
  }

  /** The API server's own answers to requests for a group that it does not know. */
  public Fault withoutGroup(String group) {
    return faults.without(group);
  }

  /** Every open watch gets 410 Gone. */
  public void expireWatches() throws IOException {
    for (Connection connection : connections) {
      connection.expireWatch();
    }
  }

  /** Every connection is reset. */
  public void cutConnections() {
    cuts.incrementAndGet();
    connections.forEach(Connection::cut);
  }

  /** Nothing goes either way, and nobody is told; the connections of this time stay so for ever. */
  public Fault silence() {
    silent = true;
    connections.forEach(Connection::silence);
    return () -> silent = false;
  }

  /** Every connection is reset, and new ones are refused. */
  public Fault outage() throws IOException {
    listener.close();
    cutConnections();
    return () -> {
      try {
        listener = listen(port);
      } catch (IOException e) {
        throw new IllegalStateException("port " + port + " is taken by another now", e);
      }
    };
  }

  @Override
  public void close() throws IOException {
    listener.close();
    connections.forEach(Connection::close);
  }
}
