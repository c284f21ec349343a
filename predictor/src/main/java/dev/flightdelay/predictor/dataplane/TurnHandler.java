package dev.flightdelay.predictor.dataplane;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;

/** An event loop's input and output, which tells when a new turn of the loop begins. */
record TurnHandler(IoHandler transport, EventLoopLoad load) implements IoHandler {

  @Override
  public int run(IoHandlerContext context) {
    load.turn();
    return transport.run(context);
  }

  @Override
  public void initialize() {
    transport.initialize();
  }

  @Override
  public void prepareToDestroy() {
    transport.prepareToDestroy();
  }

  @Override
  public void destroy() {
    transport.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return transport.register(handle);
  }

  @Override
  public void wakeup() {
    transport.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return transport.isCompatible(handleType);
  }
}
