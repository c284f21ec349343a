package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a model from a store: attempts with pauses between them, and one deadline over them all. */
final class RemoteFetch {

  private static final Logger log = LoggerFactory.getLogger(RemoteFetch.class);

  private static final Duration GIVING_UP = Duration.ofSeconds(2);

  private static final AtomicLong COUNT = new AtomicLong();

  private final ModelSource source;
  private final Optional<ExpectedSha256> expected;
  private final FetchSettings settings;
  private final FetchProgress progress;
  private final RemoteStore store;
  private final DownloadDirectory directory;
  private final Path part;
  private final long start = System.nanoTime();

  RemoteFetch(
      ModelSource source,
      Optional<ExpectedSha256> expected,
      FetchSettings settings,
      FetchProgress progress,
      RemoteStore store) {
    this.source = source;
    this.expected = expected;
    this.settings = settings;
    this.progress = progress;
    this.store = store;
    this.directory = DownloadDirectory.of(settings.directory());
    // A container that was killed while downloading finds its own part again, and overwrites it:
    // its process id is the same one each time.
    this.part =
        directory
            .path()
            .resolve(
                expected.map(ExpectedSha256::hex).orElse("unchecked")
                    + "."
                    + ProcessHandle.current().pid()
                    + "-"
                    + COUNT.getAndIncrement()
                    + ".part");
  }

  FetchedModel run() {
    try (directory) {
      return fetch();
    }
  }

  private FetchedModel fetch() {
    Optional<HashedBytes> earlier = expected.flatMap(this::earlier);
    if (earlier.isPresent()) {
      log.atInfo()
          .addKeyValue("source", source.shown())
          .log("model found where an earlier start put it");
      return fetched(earlier.get());
    }
    Optional<String> lastFailure = Optional.empty();
    for (int attempt = 1; ; attempt++) {
      try {
        FetchedModel model = fetched(readBack(attempt(attempt, lastFailure)));
        log.atInfo()
            .addKeyValue("source", model.source())
            .addKeyValue("bytes", model.size())
            .addKeyValue("sha256", model.sha256())
            .log("model fetched");
        return model;
      } catch (StoreAwayException away) {
        pause(attempt, away);
        lastFailure = Optional.of(away.getMessage());
      }
    }
  }

  private FetchedModel fetched(HashedBytes content) {
    return new FetchedModel(
        content.bytes(), content.sha256(), expected.isPresent(), source.shown());
  }

  /** What is there already, if it is the right one: a restarted container needs no store. */
  private Optional<HashedBytes> earlier(ExpectedSha256 sha256) {
    Path file = directory.path().resolve(sha256.fileName());
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > settings.maxBytes()) {
        return Optional.empty();
      }
      return Optional.of(HashedBytes.read(file, Math.toIntExact(Files.size(file))))
          .filter(content -> content.sha256().equals(sha256.hex()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * One attempt, on a thread of its own: nothing that a store or a resolver does, or leaves undone,
   * holds this one beyond the deadline.
   *
   * @return the hash of what was kept
   */
  private ExpectedSha256 attempt(int number, Optional<String> lastFailure)
      throws StoreAwayException {
    Download.Listener listener =
        (bytes, length) ->
            progress.report(new FetchState(source.shown(), number, bytes, length, lastFailure));
    listener.received(0, OptionalLong.empty());
    FutureTask<ExpectedSha256> task = new FutureTask<>(() -> download(listener));
    Thread thread = Thread.ofPlatform().daemon().name("model-fetch").start(task);
    try {
      return task.get(remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case AttemptFailed failed -> throw TransportFailure.classify(source, failed.failure());
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case Throwable other -> throw new AssertionError("an attempt throws nothing else", other);
      }
    } catch (TimeoutException e) {
      abandon(thread);
      throw new ModelFetchException(
          Reason.TIMED_OUT,
          source.shown()
              + " was not received within "
              + deadline()
              + "; look at the store and the network, or raise MODEL_DEADLINE",
          e);
    } catch (InterruptedException e) {
      abandon(thread);
      throw interrupted();
    }
  }

  /** An attempt's own exception on its way through the task. */
  private static final class AttemptFailed extends RuntimeException {
    private final transient IOException failure;

    AttemptFailed(IOException failure) {
      super(failure);
      this.failure = failure;
    }

    IOException failure() {
      return failure;
    }
  }

  private ExpectedSha256 download(Download.Listener listener) {
    ModelSize limit = new ModelSize(settings.maxBytes());
    try (Download download = new Download(source, part, limit, listener)) {
      store.send(download);
      return download.keep(expected, directory.path());
    } catch (IOException e) {
      throw new AttemptFailed(e);
    }
  }

  private void abandon(Thread thread) {
    store.close();
    thread.interrupt();
    try {
      // It deletes its part; usually at once, but nobody waits for a resolver that hangs.
      thread.join(GIVING_UP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The file as it now is, hashed again: only what is in memory is what will be parsed. */
  private HashedBytes readBack(ExpectedSha256 kept) {
    Path file = directory.path().resolve(kept.fileName());
    try {
      HashedBytes content = HashedBytes.read(file, Math.toIntExact(Files.size(file)));
      kept.check(source.shown(), content.sha256());
      return content;
    } catch (IOException e) {
      throw new ModelFetchException(
          Reason.NOT_WRITABLE,
          "the model was written to " + file + " and cannot be read again; look at that directory",
          e);
    }
  }

  private void pause(int failures, StoreAwayException away) {
    Duration ours = Backoff.pause(failures, ThreadLocalRandom.current().nextDouble());
    Duration pause = away.retryAfter().filter(theirs -> theirs.compareTo(ours) > 0).orElse(ours);
    if (pause.compareTo(remaining()) >= 0) {
      throw new ModelFetchException(
          Reason.UNREACHABLE,
          source.shown()
              + " could not be fetched within "
              + deadline()
              + " (attempts: "
              + failures
              + "): "
              + away.getMessage()
              + "; look at the store and the network, or raise MODEL_DEADLINE",
          away);
    }
    log.atWarn()
        .addKeyValue("source", source.shown())
        .addKeyValue("attempt", failures)
        .addKeyValue("why", away.getMessage())
        .addKeyValue("pauseMillis", pause.toMillis())
        .log("model store is away, trying again");
    progress.report(
        new FetchState(
            source.shown(), failures, 0, OptionalLong.empty(), Optional.of(away.getMessage())));
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private ModelFetchException interrupted() {
    Thread.currentThread().interrupt();
    return new ModelFetchException(
        Reason.INTERRUPTED,
        "fetching " + source.shown() + " was given up because the process ends");
  }

  private Duration remaining() {
    return settings.deadline().minusNanos(System.nanoTime() - start);
  }

  private String deadline() {
    return settings.deadline().toMillis() / 1000.0 + " s";
  }
}
