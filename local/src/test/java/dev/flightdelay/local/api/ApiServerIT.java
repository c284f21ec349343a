package dev.flightdelay.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiServerIT {

  private final RunningApi api = new RunningApi();
  private final KubernetesClient client = api.client();

  @AfterEach
  void stop() {
    api.close();
  }

  private static ConfigMap map(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withData(data)
        .build();
  }

  @Test
  void givesIdentityAndGrowingVersions() {
    ConfigMap created = client.resource(map("a", Map.of("k", "1"))).create();
    ConfigMap updated = client.resource(map("a", Map.of("k", "2"))).update();
    ConfigMap same = client.resource(map("a", Map.of("k", "2"))).update();

    assertThat(created.getMetadata().getUid()).isNotBlank();
    assertThat(created.getMetadata().getCreationTimestamp()).isNotBlank();
    assertThat(updated.getMetadata().getUid()).isEqualTo(created.getMetadata().getUid());
    assertThat(Long.parseLong(updated.getMetadata().getResourceVersion()))
        .isGreaterThan(Long.parseLong(created.getMetadata().getResourceVersion()));
    assertThat(same.getMetadata().getResourceVersion())
        .isEqualTo(updated.getMetadata().getResourceVersion());
  }

  @Test
  void refusesAWriteToAnOlderStateOrToAnotherObject() {
    ConfigMap first = client.resource(map("a", Map.of("k", "1"))).create();
    client.resource(map("a", Map.of("k", "2"))).update();

    assertThatThrownBy(() -> client.resource(first).lockResourceVersion().update())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("the object has been modified")
        .extracting(error -> ((KubernetesClientException) error).getCode())
        .isEqualTo(409);

    ConfigMap other = map("a", Map.of("k", "3"));
    other.getMetadata().setUid("00000000-0000-0000-0000-000000000000");
    assertThatThrownBy(() -> client.resource(other).update())
        .hasMessageContaining("Precondition failed: UID in precondition")
        .extracting(error -> ((KubernetesClientException) error).getCode())
        .isEqualTo(409);
    assertThatThrownBy(() -> client.resource(map("a", Map.of())).create())
        .hasMessageContaining("already exists");
  }

  @Test
  void deletesWhatIsOwnedAfterItsOwner() {
    ConfigMap owner = client.resource(map("owner", Map.of())).create();
    ConfigMap child = map("child", Map.of());
    child
        .getMetadata()
        .setOwnerReferences(
            List.of(
                new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("ConfigMap")
                    .withName("owner")
                    .withUid(owner.getMetadata().getUid())
                    .build()));
    client.resource(child).create();

    client.resource(owner).delete();

    assertThat(client.configMaps().inNamespace("default").list().getItems()).isEmpty();
  }

  @Test
  void keepsAnObjectUntilItsLastFinalizerIsGone() {
    ConfigMap map = map("a", Map.of());
    map.getMetadata().setFinalizers(List.of("example.dev/cleanup"));
    client.resource(map).create();

    client.resource(map).delete();

    ConfigMap marked = client.resource(map).get();
    assertThat(marked.getMetadata().getDeletionTimestamp()).isNotBlank();
    marked.getMetadata().setFinalizers(List.of());
    client.resource(marked).update();
    assertThat(client.resource(map).get()).isNull();
  }

  @Test
  @SuppressWarnings("try")
  void watchesFromTheVersionOfAList() {
    client.resource(map("before", Map.of())).create();
    String version =
        client.configMaps().inNamespace("default").list().getMetadata().getResourceVersion();
    client.resource(map("between", Map.of())).create();
    client.resource(map("before", Map.of())).delete();
    List<String> seen = new CopyOnWriteArrayList<>();

    try (var watch =
        client
            .configMaps()
            .inNamespace("default")
            .watch(
                new ListOptionsBuilder().withResourceVersion(version).build(),
                new Watcher<ConfigMap>() {
                  @Override
                  public void eventReceived(Action action, ConfigMap map) {
                    seen.add(action + " " + map.getMetadata().getName());
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    seen.add("closed");
                  }
                })) {
      client.resource(map("after", Map.of())).create();

      await()
          .untilAsserted(
              () ->
                  assertThat(seen)
                      .containsExactly("ADDED between", "DELETED before", "ADDED after"));
    }
  }

  @Test
  void bumpsTheGenerationWithTheSpecOnly() {
    api.define();
    GenericKubernetesResource model = model(100);
    GenericKubernetesResource created = client.resource(model).create();
    assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(field(created, "spec", "drainSeconds")).isEqualTo(10);
    assertThat(field(created, "spec", "versions", 0, "model", "maxSize")).isEqualTo("64Mi");

    created.setAdditionalProperty("status", Map.of("url", "http://localhost"));
    assertThat(field(client.resource(created).update(), "status")).isNull();
    GenericKubernetesResource withStatus = client.resource(created).updateStatus();
    assertThat(field(withStatus, "status", "url")).isEqualTo("http://localhost");
    assertThat(withStatus.getMetadata().getGeneration()).isEqualTo(1);

    GenericKubernetesResource changed = client.resource(model(99)).update();
    assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
    assertThat(field(changed, "status", "url")).isEqualTo("http://localhost");
  }

  private static Object field(GenericKubernetesResource object, Object... path) {
    return object.get(path);
  }

  private static GenericKubernetesResource model(int traffic) {
    GenericKubernetesResource model = new GenericKubernetesResource();
    model.setApiVersion("flightdelay.dev/v1alpha1");
    model.setKind("FlightDelayModel");
    model.setMetadata(map("flight-delay", Map.of()).getMetadata());
    model.setAdditionalProperty(
        "spec",
        Map.of(
            "versions",
            List.of(
                Map.of(
                    "name",
                    "v1",
                    "model",
                    Map.of("uri", "configmap://pickles/v1.pkl", "sha256", "a".repeat(64)),
                    "traffic",
                    traffic))));
    return model;
  }
}
