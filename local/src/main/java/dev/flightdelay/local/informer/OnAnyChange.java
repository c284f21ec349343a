package dev.flightdelay.local.informer;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

/** Runs the same for every change: whoever it runs looks at all there is, not at the change. */
public record OnAnyChange<T>(Runnable task) implements ResourceEventHandler<T> {

  @Override
  public void onAdd(T object) {
    task.run();
  }

  @Override
  public void onUpdate(T before, T after) {
    task.run();
  }

  @Override
  public void onDelete(T object, boolean unknown) {
    task.run();
  }
}
