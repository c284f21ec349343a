package dev.flightdelay.local.api;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** An API and a client of it. */
public final class RunningApi implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final String url;
  private final KubernetesClient client;

  public RunningApi() {
    url = ApiServer.start(vertx, 0).toCompletionStage().toCompletableFuture().join().url();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url)
            .withNamespace("default")
            .withHttp2Disable(true)
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName("default").endMetadata().build())
        .create();
  }

  public KubernetesClient client() {
    return client;
  }

  public Vertx vertx() {
    return vertx;
  }

  public String url() {
    return url;
  }

  /** The project's definition of FlightDelayModel, as the operator's chart installs it. */
  public void define() {
    client
        .load(Project.read(Path.of("crds/flightdelaymodels.flightdelay.dev-v1.yml")))
        .items()
        .forEach(definition -> client.resource(definition).create());
  }

  @Override
  public void close() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
