package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredVersionsTest {

  private static StoredVersions.Page page(String json) throws IOException {
    return StoredVersions.page(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsMetadata() throws IOException {
    var page =
        page(
            """
            {"kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1",
             "metadata": {"resourceVersion": "9", "continue": "more", "remainingItemCount": 3},
             "items": [
              {"kind": "PartialObjectMetadata", "metadata": {
                "ownerReferences": [{"name": "another"}], "labels": {"name": "no", "namespace": "no"},
                "name": "delays-v1", "namespace": "flights", "resourceVersion": "7"}},
              {"metadata": {"name": "delays-v2", "namespace": "flights", "resourceVersion": "8"}}]}
            """);

    assertThat(page.next()).isEqualTo("more");
    assertThat(page.versions())
        .isEqualTo(
            Map.of(
                new ResourceID("delays-v1", "flights"), "7",
                new ResourceID("delays-v2", "flights"), "8"));
  }

  @Test
  void readsWholeObjectsTheSameWay() throws IOException {
    var page =
        page(
            """
            {"items": [{"spec": {"template": {"metadata": {"name": "x", "resourceVersion": "1"}}},
              "metadata": {"name": "delays-v1", "namespace": "flights", "resourceVersion": "7"},
              "status": {"conditions": [{"metadata": {}}]}}], "metadata": {"resourceVersion": "9"}}
            """);

    assertThat(page.next()).isEmpty();
    assertThat(page.versions()).isEqualTo(Map.of(new ResourceID("delays-v1", "flights"), "7"));
  }

  @Test
  void readsAListWithoutItems() throws IOException {
    assertThat(page("{\"metadata\": {}, \"items\": null}").versions()).isEmpty();
  }

  @Test
  void takesNothingElseForAList() {
    assertThatThrownBy(() -> page("\"busy\"")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> page("{\"items\": [{\"metadata\": {\"name\": "))
        .isInstanceOf(IOException.class);
  }
}
