package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Probe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** Asks pods whether they are ready: often until they are, then now and then. */
final class ReadinessProbe {

  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration EVERY_WHEN_READY = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** So many in a row make a ready pod unready. */
  private static final int FAILURES = 3;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Executor thread;
  private final Runnable changed;

  ReadinessProbe(Executor thread, Runnable changed) {
    this.thread = thread;
    this.changed = changed;
  }

  /** Asks, if it is time to. The answer changes the pod in the runner's thread. */
  void ask(LocalPod pod, Instant now) {
    Probe probe = pod.container().getReadinessProbe();
    if (probe == null || probe.getHttpGet() == null) {
      pod.ready(true);
      return;
    }
    if (pod.probing || pod.nextProbe.isAfter(now)) {
      return;
    }
    pod.probing = true;
    HTTPGetAction get = probe.getHttpGet();
    URI uri =
        URI.create(
            "http://%s:%d%s"
                .formatted(
                    pod.address.orElseThrow(),
                    PodPorts.number(pod.pod, get.getPort()),
                    get.getPath()));
    http.sendAsync(
            HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(),
            HttpResponse.BodyHandlers.discarding())
        .handle((response, error) -> error == null && response.statusCode() / 100 == 2)
        .thenAcceptAsync(ok -> answered(pod, ok), thread);
  }

  private void answered(LocalPod pod, boolean ok) {
    boolean before = pod.ready;
    pod.probing = false;
    pod.failedProbes = ok ? 0 : pod.failedProbes + 1;
    if (pod.isRunning() && !pod.stopping) {
      if (ok) {
        pod.ready(true);
      } else if (pod.failedProbes >= FAILURES) {
        pod.ready(false);
      }
    }
    pod.nextProbe = Instant.now().plus(pod.ready ? EVERY_WHEN_READY : EVERY);
    if (pod.ready != before) {
      changed.run();
    }
  }
}
