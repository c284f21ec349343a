package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.admission.Gate;
import dev.flightdelay.predictor.dataplane.route.Aliases;
import dev.flightdelay.predictor.dataplane.route.Readiness;
import dev.flightdelay.predictor.metrics.MeteredRequests;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.ServedModel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A data plane on a free port of this machine, and the requests that tests send to it. */
public final class RunningServer implements AutoCloseable {

  public static final String JSON = "application/json";
  public static final String FORM = "application/x-www-form-urlencoded";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final DataPlane plane;

  private RunningServer(DataPlaneLimits limits, Gate gate, Readiness readiness) {
    try {
      plane =
          DataPlane.open(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              limits,
              Aliases.NONE,
              gate,
              readiness,
              new MeteredRequests(registry));
    } catch (IOException portTaken) {
      throw new UncheckedIOException(portTaken);
    }
  }

  public static RunningServer serving(Model model) {
    return serving(model, DataPlaneLimits.defaults());
  }

  public static RunningServer serving(Model model, DataPlaneLimits limits) {
    RunningServer server = waiting(limits, () -> "starting");
    server.serve(model);
    return server;
  }

  public static RunningServer waiting(DataPlaneLimits limits, Readiness readiness) {
    return new RunningServer(limits, Gate.OPEN, readiness);
  }

  /** A server that tells callers apart, or from whose pages they ask. */
  public static RunningServer serving(Model model, Gate gate) {
    return serving(
        model,
        new RowBudget(RowCost.of(40), RowBudget.DEFAULT_MAX_COST),
        DataPlaneLimits.defaults(),
        gate);
  }

  /** A server that tells callers apart. */
  public static RunningServer serving(
      Model model, RowBudget budget, DataPlaneLimits limits, Gate gate) {
    RunningServer server = new RunningServer(limits, gate, () -> "starting");
    server.serve(model, budget);
    return server;
  }

  public void serve(Model model) {
    serve(model, new RowBudget(RowCost.of(40), RowBudget.DEFAULT_MAX_COST));
  }

  public void serve(Model model, RowBudget budget) {
    plane.serve(
        new ServedModel("flights", "v1", LinearModel.SHA256, "file:model.pkl", model, budget),
        new PlainPages());
  }

  public DataPlane plane() {
    return plane;
  }

  int connections() {
    return plane.connections();
  }

  public PrometheusMeterRegistry registry() {
    return registry;
  }

  public int port() {
    return plane.address().getPort();
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).GET().build());
  }

  public HttpResponse<String> post(String path, String contentType, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body));
    return send(
        contentType == null
            ? request.build()
            : request.header("Content-Type", contentType).build());
  }

  /** Posts JSON and the binary data that follows it; the header says how long the JSON is. */
  public HttpResponse<byte[]> postBinary(String path, long jsonLength, byte[] body) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Inference-Header-Content-Length", String.valueOf(jsonLength))
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  public HttpResponse<String> send(HttpRequest request) {
    return send(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  public RawConnection connect() {
    return new RawConnection(port());
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  @Override
  public void close() {
    client.close();
    plane.close();
  }
}
