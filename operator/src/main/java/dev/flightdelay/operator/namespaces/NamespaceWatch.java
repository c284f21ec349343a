package dev.flightdelay.operator.namespaces;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.namespaces.Reading.Closed;
import dev.flightdelay.operator.namespaces.Reading.NoAnswer;
import dev.flightdelay.operator.namespaces.Reading.NoCustomResource;
import dev.flightdelay.operator.namespaces.Reading.Open;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every now and then at the namespaces that are to be served: one that is gone, or may not be
 * read any more, is left alone without the others, and one that comes is taken up.
 */
public final class NamespaceWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NamespaceWatch.class);

  private final WatchedNamespaces namespaces;
  private final Function<String, Reading> whole;
  private final Function<String, Reading> models;
  private final Informers informers;
  private final NamespaceEvents events;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("namespaces").daemon().factory());

  /** What is read of the namespaces into the caches. */
  public interface Informers {

    /**
     * Reads the open namespaces from now on, and no other ones; returns when their caches are
     * filled.
     *
     * @throws RuntimeException where one of them cannot be read
     */
    void read(Set<String> open);

    /** Everything in the namespaces is known now: what has been let pass is to be looked at. */
    void known();
  }

  /**
   * A watch.
   *
   * @param whole reads everything of a namespace that is to be taken up
   * @param models reads no more of one than it takes to know that it can be read still
   */
  public NamespaceWatch(
      WatchedNamespaces namespaces,
      Function<String, Reading> whole,
      Function<String, Reading> models,
      Informers informers,
      NamespaceEvents events) {
    this.namespaces = requireNonNull(namespaces);
    this.whole = requireNonNull(whole);
    this.models = requireNonNull(models);
    this.informers = requireNonNull(informers);
    this.events = requireNonNull(events);
  }

  /** Looks from now on; at none where all namespaces are served at once. */
  public void start(Duration every) {
    if (!namespaces.all()) {
      namespaces.closed().forEach(this::say);
      timer.scheduleWithFixedDelay(
          this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  void look() {
    for (String namespace : namespaces.asked()) {
      try {
        look(namespace);
      } catch (RuntimeException e) {
        log.atWarn()
            .addKeyValue("namespace", namespace)
            .addKeyValue("error", e.getMessage())
            .log("namespace not looked at; it is tried again");
      }
    }
  }

  private void look(String namespace) {
    boolean open = namespaces.isOpen(namespace);
    switch ((open ? models : whole).apply(namespace)) {
      case Open _ when !open -> takeUp(namespace);
      case Closed refused when open -> leave(namespace, refused.why());
      case Closed refused -> namespaces.closes(namespace, refused.why());
      case Open _, NoCustomResource _, NoAnswer _ -> {}
    }
  }

  private void takeUp(String namespace) {
    Set<String> wanted = new HashSet<>(namespaces.open());
    wanted.add(namespace);
    try {
      informers.read(wanted);
    } catch (RuntimeException e) {
      // One that started and one that did not: none of them stays.
      informers.read(namespaces.open());
      throw e;
    }
    // Only now: what is known of it in part would look as if the rest were not there.
    namespaces.opens(namespace);
    informers.known();
    log.atInfo().addKeyValue("namespace", namespace).log("namespace is served");
    events.served(namespace);
  }

  private void leave(String namespace, String why) {
    namespaces.closes(namespace, why);
    informers.read(namespaces.open());
    say(namespace, why);
  }

  private void say(String namespace, String why) {
    log.atWarn()
        .addKeyValue("namespace", namespace)
        .addKeyValue("error", why)
        .log("namespace cannot be read; the others go on, and it is taken up when it comes");
    events.notServed(namespace, why);
  }

  /** This replica leads from now on: it is its to tell. */
  public void tell() {
    namespaces.closed().forEach(events::notServed);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
