package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.admission.Gate;
import dev.flightdelay.predictor.dataplane.http1.Http1;
import dev.flightdelay.predictor.dataplane.route.Aliases;
import dev.flightdelay.predictor.dataplane.route.Readiness;
import dev.flightdelay.predictor.dataplane.route.Routes;
import dev.flightdelay.predictor.dataplane.scoring.RequestMetrics;
import dev.flightdelay.predictor.dataplane.scoring.Scheduler;
import dev.flightdelay.predictor.dataplane.server.ServerContext;
import dev.flightdelay.predictor.dialect.Pages;
import dev.flightdelay.predictor.model.ServedModel;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The server of predictions: a thread accepts connections, event loops read requests, score short
 * ones themselves and give long ones to a few workers.
 *
 * <p>It opens its port before there is a model, so that health can be asked; {@link #serve} then
 * sets the model, once.
 */
public final class DataPlane implements AutoCloseable {

  private static final int BACKLOG = 4096;
  private static final Duration CLOSE_TIME = Duration.ofSeconds(2);

  private final Aliases aliases;
  private final ServerContext context;
  private final Map<EventLoop, Http1> loops = new ConcurrentHashMap<>();
  private final Scheduler scheduler;
  private final MultiThreadIoEventLoopGroup eventLoops;
  private final MultiThreadIoEventLoopGroup acceptor;
  private final Channel server;

  private DataPlane(
      InetSocketAddress address,
      DataPlaneLimits limits,
      Aliases aliases,
      Gate gate,
      Readiness readiness,
      RequestMetrics metrics)
      throws IOException {
    this.aliases = aliases;
    this.scheduler = new Scheduler(limits);
    this.context =
        new ServerContext(
            limits, gate, metrics, scheduler, Routes.withoutModel(readiness, metrics, aliases));
    metrics.inFlight(scheduler::inFlight);
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory transport = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.eventLoops =
        new MultiThreadIoEventLoopGroup(
            limits.eventLoops(), new DefaultThreadFactory("data-plane", true), transport);
    // A thread of its own: an event loop that is behind takes few connections between two rounds of
    // requests, and clients give up while the kernel keeps theirs.
    this.acceptor =
        new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("acceptor", true), transport);
    for (EventExecutor executor : eventLoops) {
      Http1 http1 = new Http1(context);
      loops.put((EventLoop) executor, http1);
      long tick = tickMillis(limits);
      executor.scheduleWithFixedDelay(http1::sweep, tick, tick, TimeUnit.MILLISECONDS);
    }
    Class<? extends ServerChannel> channel =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    // @formatter:off
    var bound =
        new ServerBootstrap()
            .group(acceptor, eventLoops)
            .channel(channel)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childHandler(new Connections())
            .bind(address)
            .awaitUninterruptibly();
    // @formatter:on
    if (!bound.isSuccess()) {
      acceptor.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      eventLoops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      scheduler.stop();
      throw new IOException(
          "the port %s:%d cannot be opened: %s"
              .formatted(address.getHostString(), address.getPort(), bound.cause().getMessage()),
          bound.cause());
    }
    this.server = bound.channel();
  }

  /**
   * Opens the port; until {@link #serve}, predictions are answered 503.
   *
   * @param aliases further paths that are answered
   * @param gate whom it answers
   * @param readiness why there is no model yet
   * @throws IOException where the port cannot be opened; the message says which
   */
  public static DataPlane open(
      InetSocketAddress address,
      DataPlaneLimits limits,
      Aliases aliases,
      Gate gate,
      Readiness readiness,
      RequestMetrics metrics)
      throws IOException {
    return new DataPlane(address, limits, aliases, gate, readiness, metrics);
  }

  /** Serves a model from now on. */
  public void serve(ServedModel model, Pages pages) {
    context.metrics().serving(model);
    context.serve(Routes.of(model, pages, context.limits(), context.metrics(), aliases));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  /** The connections that there are. */
  int connections() {
    return context.connections();
  }

  /**
   * Stops without losing a request: accepts no more connections, closes idle ones, answers what is
   * in flight or still comes with {@code Connection: close}, and then ends.
   *
   * @param most how long to wait for answers and their clients
   * @return whether all connections ended by themselves
   */
  public boolean drain(Duration most) {
    long deadline = System.nanoTime() + most.toNanos();
    context.drain();
    // Idle connections need not wait for the next look at deadlines.
    loops.forEach((loop, http1) -> loop.execute(http1::sweep));
    server.close().awaitUninterruptibly();
    boolean drained = waitForClients(deadline);
    close();
    return drained;
  }

  /** Stops at once. */
  @Override
  public void close() {
    context.drain();
    server.close();
    scheduler.stop();
    acceptor.shutdownGracefully(0, CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS);
    eventLoops
        .shutdownGracefully(0, CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_TIME.toMillis() * 2);
  }

  private boolean waitForClients(long deadline) {
    try {
      while (context.connections() > 0) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(10);
      }
      return true;
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Often enough that no deadline is missed by more than a quarter, and not oftener than needed.
   */
  private static long tickMillis(DataPlaneLimits limits) {
    Duration shortest = limits.headTime();
    for (Duration time :
        new Duration[] {
          limits.bodyTime(), limits.unusedTime(), limits.writeTime(), limits.predictionTime()
        }) {
      shortest = time.compareTo(shortest) < 0 ? time : shortest;
    }
    return Math.clamp(shortest.toMillis() / 4, 10, 500);
  }

  private final class Connections extends ChannelInitializer<Channel> {

    @Override
    protected void initChannel(Channel channel) {
      loops.get(channel.eventLoop()).accept(channel);
    }
  }
}
