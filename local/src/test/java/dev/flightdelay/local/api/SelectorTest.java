package dev.flightdelay.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

  private static final JsonNode OBJECT = object();

  private static JsonNode object() {
    try {
      return Json.read(
          "metadata: {name: web, namespace: default, labels: {app: web, tier: front}}\nspec: {nodeName: one}");
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "labelSelector | app=web                       | true",
        "labelSelector | app==web,tier!=back           | true",
        "labelSelector | app=web,tier=back             | false",
        "labelSelector | tier in (front, back)         | true",
        "labelSelector | tier notin (front),app        | false",
        "labelSelector | absent notin (front)          | true",
        "labelSelector | absent                        | false",
        "labelSelector | !absent                       | true",
        "labelSelector | absent!=x                     | true",
        "fieldSelector | metadata.name=web             | true",
        "fieldSelector | metadata.name!=web            | false",
        "fieldSelector | spec.nodeName=one,metadata.namespace=default | true",
      })
  void selects(String kind, String selector, boolean matches) {
    ResourcePath path =
        ResourcePath.of(
                "/api/v1/pods?" + kind + "=" + URLEncoder.encode(selector, StandardCharsets.UTF_8))
            .orElseThrow();

    assertThat(Selector.of(path).matches(OBJECT)).isEqualTo(matches);
  }
}
