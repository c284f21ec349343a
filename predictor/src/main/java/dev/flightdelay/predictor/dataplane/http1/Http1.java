package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.dataplane.server.ServerContext;
import io.netty.channel.Channel;

/** HTTP/1.1 on the connections of one event loop. Once there are some, only its thread may call. */
public final class Http1 {

  private final ServerContext server;
  private final EventLoopState loop = new EventLoopState();

  public Http1(ServerContext server) {
    this.server = server;
  }

  /** Speaks on a new connection from now on. */
  public void accept(Channel channel) {
    server.connected();
    Connection connection = new Connection(server, loop);
    channel.pipeline().addLast(connection.decoder(), connection);
  }

  /** Ends what is past its deadline; to be called a few times a second. */
  public void sweep() {
    loop.timed.sweep();
    int tooMany = server.connections() - server.limits().comfortableConnections();
    if (tooMany > 0) {
      // Every event loop closes its share of them.
      int share = Math.ceilDiv(tooMany, server.limits().eventLoops());
      loop.timed.endIdle(share, Integer.MAX_VALUE);
    }
  }
}
