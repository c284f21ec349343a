package dev.flightdelay.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {

  private static final FieldManager OPERATOR = FieldManager.applying("operator", "apps/v1", "");
  private static final FieldManager PERSON = FieldManager.applying("person", "apps/v1", "");
  private static final FieldManager EDITOR = FieldManager.updating("kubectl-edit", "apps/v1", "");

  private final ServerSideApply apply =
      new ServerSideApply(
          new ResourceTypes()
              .of(new ResourcePath("apps", "v1", "default", "deployments", "web", "", Map.of()))
              .orElseThrow());

  private static ObjectNode yaml(String text) {
    try {
      return (ObjectNode) Json.read(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectNode nothing() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static JsonNode fieldsOf(ObjectNode object, String manager) {
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      if (entry.path("manager").asText().equals(manager)) {
        return entry.path("fieldsV1");
      }
    }
    throw new AssertionError("no entry of " + manager + " in " + object);
  }

  @Test
  void recordsTheAppliedFieldsAsAnApiServerDoes() {
    ObjectNode object =
        apply.apply(
            nothing(),
            yaml(
                """
                metadata: {name: web, labels: {app: web}}
                spec:
                  template:
                    spec:
                      containers:
                        - name: web
                          args: [a, b]
                          ports: [{containerPort: 8080}]
                      volumes: [{name: tmp, emptyDir: {}}]
                """),
            OPERATOR,
            true);

    assertThat(fieldsOf(object, "operator").toString())
        .isEqualTo(
            "{'f:metadata':{'f:labels':{'f:app':{}}},'f:spec':{'f:template':{'f:spec':{"
                    .replace('\'', '"')
                + "'f:containers':{'k:{\\'name\\':\\'web\\'}':{'f:args':{},'f:name':{},"
                    .replace('\'', '"')
                + "'f:ports':{'k:{\\'containerPort\\':8080,\\'protocol\\':\\'TCP\\'}':{'f:containerPort':{},'.':{}}},'.':{}}},"
                    .replace('\'', '"')
                + "'f:volumes':{'k:{\\'name\\':\\'tmp\\'}':{'f:emptyDir':{},'f:name':{},'.':{}}}}}}}"
                    .replace('\'', '"'));
  }

  @Test
  void dropsAFieldThatItsManagerNoLongerApplies() {
    ObjectNode first =
        apply.apply(nothing(), yaml("{spec: {paused: true, minReadySeconds: 5}}"), OPERATOR, true);

    ObjectNode second = apply.apply(first, yaml("{spec: {paused: true}}"), OPERATOR, true);

    assertThat(second.path("spec")).isEqualTo(yaml("{paused: true}"));
  }

  @Test
  void keepsAFieldThatAnotherManagerOwnsToo() {
    ObjectNode first = apply.apply(nothing(), yaml("{spec: {paused: true}}"), OPERATOR, true);
    ObjectNode both = apply.apply(first, yaml("{spec: {paused: true}}"), PERSON, false);

    ObjectNode left = apply.apply(both, yaml("{metadata: {labels: {a: b}}}"), OPERATOR, true);

    assertThat(left.at("/spec/paused").asBoolean()).isTrue();
    assertThat(left.at("/metadata/labels/a").asText()).isEqualTo("b");
  }

  @Test
  void mergesListsByKeyAndKeepsTheItemsOfOthers() {
    ObjectNode first =
        apply.apply(
            nothing(),
            yaml(
                "{spec: {template: {spec: {containers: [{name: web, image: a, env: [{name: A, value: '1'}, {name: B, value: '2'}]}]}}}}"),
            OPERATOR,
            true);
    ObjectNode withSidecar =
        apply.apply(
            first,
            yaml("{spec: {template: {spec: {containers: [{name: sidecar, image: b}]}}}}"),
            PERSON,
            false);

    ObjectNode next =
        apply.apply(
            withSidecar,
            yaml(
                "{spec: {template: {spec: {containers: [{name: web, image: c, env: [{name: B, value: '3'}]}]}}}}"),
            OPERATOR,
            true);

    assertThat(next.at("/spec/template/spec/containers").toString())
        .isEqualTo(
            "[{\"name\":\"web\",\"image\":\"c\",\"env\":[{\"name\":\"B\",\"value\":\"3\"}]},"
                + "{\"name\":\"sidecar\",\"image\":\"b\"}]");
  }

  @Test
  void refusesToTakeAnothersFieldUnlessForced() {
    ObjectNode first = apply.apply(nothing(), yaml("{spec: {paused: true}}"), OPERATOR, true);

    assertThatThrownBy(() -> apply.apply(first, yaml("{spec: {paused: false}}"), PERSON, false))
        .isInstanceOf(ApiException.class)
        .hasMessage("Apply failed with 1 conflict: conflict with \"operator\": .spec.paused");

    ObjectNode forced = apply.apply(first, yaml("{spec: {paused: false}}"), PERSON, true);
    assertThat(forced.at("/spec/paused").asBoolean()).isFalse();
    assertThat(forced.at("/metadata/managedFields").size()).isEqualTo(1);
  }

  @Test
  void changesNothingWhenTheSameIsAppliedAgain() {
    ObjectNode first =
        apply.apply(
            nothing(), yaml("{metadata: {labels: {a: b}}, spec: {paused: true}}"), OPERATOR, true);

    assertThat(
            apply.apply(
                first, yaml("{metadata: {labels: {a: b}}, spec: {paused: true}}"), OPERATOR, true))
        .isEqualTo(first);
  }

  @Test
  void anUpdateTakesTheFieldsThatItChanges() {
    ObjectNode first =
        apply.apply(nothing(), yaml("{spec: {paused: true, minReadySeconds: 5}}"), OPERATOR, true);
    ObjectNode edited = first.deepCopy();
    edited.withObject("spec").put("paused", false);

    apply.track(first, edited, EDITOR);

    assertThat(fieldsOf(edited, "operator").toString())
        .isEqualTo("{\"f:spec\":{\"f:minReadySeconds\":{}}}");
    assertThat(fieldsOf(edited, "kubectl-edit").toString())
        .isEqualTo("{\"f:spec\":{\"f:paused\":{}}}");
  }

  @Test
  void replacesListsWholeWhereTheSchemaSaysNothing() {
    ResourceType type =
        new ResourceType(
            "example.dev",
            "v1",
            "things",
            "Thing",
            true,
            List.of(),
            List.of(),
            List.of(),
            Optional.of(
                yaml(
                    "{type: object, properties: {spec: {type: object, properties: {rules: {type: array, items: {type: object}}}}}}")),
            List.of());
    ServerSideApply custom = new ServerSideApply(type);
    ObjectNode first =
        custom.apply(nothing(), yaml("{spec: {rules: [{a: 1}, {b: 2}]}}"), OPERATOR, true);

    ObjectNode second = custom.apply(first, yaml("{spec: {rules: [{c: 3}]}}"), OPERATOR, true);

    assertThat(second.at("/spec/rules").toString()).isEqualTo("[{\"c\":3}]");
    assertThat(fieldsOf(second, "operator").toString()).isEqualTo("{\"f:spec\":{\"f:rules\":{}}}");
  }
}
