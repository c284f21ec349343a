package dev.flightdelay.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flightdelay.local.api.ApiException.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

  private static final JsonNode SCHEMA =
      yaml(
          """
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [name]
              properties:
                name: {type: string, pattern: '^[a-z]+$', minLength: 2, maxLength: 4}
                share: {type: integer, minimum: 0, maximum: 100, format: int32}
                mode: {type: string, enum: [HPA, None], default: HPA}
                port: {x-kubernetes-int-or-string: true}
                on: {type: boolean}
                limits:
                  type: object
                  default: {}
                  properties: {inFlight: {type: integer, default: 7}}
                labels: {type: object, additionalProperties: {type: string}}
                free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                items:
                  type: array
                  minItems: 1
                  maxItems: 2
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name]
                  items: {type: object, properties: {name: {type: string}, size: {type: string, default: 64Mi}}}
          """);

  private static JsonNode yaml(String text) {
    try {
      return Json.read(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                         | spec.name: Required value",
        "{name: 7}                  | spec.name: Invalid value: \"integer\": spec.name in body must be of type string: \"integer\"",
        "{name: AB}                 | spec.name: Invalid value: \"AB\": spec.name in body should match '^[a-z]+$'",
        "{name: a}                  | spec.name: Invalid value: \"a\": spec.name in body should be at least 2 chars long",
        "{name: abcde}              | spec.name: Too long: may not be more than 4 bytes",
        "{name: ab, share: -1}      | spec.share: Invalid value: -1: spec.share in body should be greater than or equal to 0",
        "{name: ab, share: 101}     | spec.share: Invalid value: 101: spec.share in body should be less than or equal to 100",
        "{name: ab, share: 1.5}     | spec.share: Invalid value: \"number\": spec.share in body must be of type integer: \"number\"",
        "{name: ab, share: 99999999999} | spec.share: Invalid value: \"integer\": spec.share in body must be of type integer: \"integer\"",
        "{name: ab, mode: VPA}      | spec.mode: Unsupported value: \"VPA\": supported values: \"HPA\", \"None\"",
        "{name: ab, on: 'yes'}      | spec.on: Invalid value: \"string\": spec.on in body must be of type boolean: \"string\"",
        "{name: ab, port: true}     | spec.port: Invalid value: \"boolean\": spec.port in body must be of type integer,string: \"boolean\"",
        "{name: ab, labels: {a: 1}} | spec.labels.a: Invalid value: \"integer\": spec.labels.a in body must be of type string: \"integer\"",
        "{name: ab, items: []}      | spec.items: Invalid value: 0: spec.items in body should have at least 1 items",
        "{name: ab, items: [{name: a}, {name: b}, {name: c}]} | spec.items: Too many: 3: must have at most 2 items",
        "{name: ab, items: [{name: a}, {name: a}]} | spec.items[1]: Duplicate value: {\"name\":\"a\"}",
      })
  void saysWhatIsWrongAndWhere(String spec, String complaint) {
    List<Cause> causes = SchemaValidation.check(yaml("spec: " + spec), SCHEMA);

    assertThat(causes)
        .extracting(cause -> cause.field() + ": " + cause.message())
        .containsExactly(complaint);
  }

  @Test
  void findsNothingWrongWithAValidObject() {
    assertThat(
            SchemaValidation.check(
                yaml(
                    "spec: {name: ab, share: 100, mode: None, port: http, on: false, items: [{name: a}, {name: b}]}"),
                SCHEMA))
        .isEmpty();
  }

  @Test
  void fillsDefaultsAlsoInsideDefaultsAndItems() {
    JsonNode object = yaml("spec: {name: ab, items: [{name: a}, {name: b, size: 1Gi}]}");

    SchemaDefaults.fill(object, SCHEMA);

    assertThat(object.path("spec"))
        .isEqualTo(
            yaml(
                "{name: ab, items: [{name: a, size: 64Mi}, {name: b, size: 1Gi}], mode: HPA, limits: {inFlight: 7}}"));
  }

  @Test
  void dropsUnknownFieldsButForThoseThatAreKeptAsTheyAre() {
    ObjectNode object =
        (ObjectNode)
            yaml(
                "{metadata: {anything: 1}, other: 1, spec: {name: ab, nmae: x, free: {any: {thing: 1}}, labels: {a: b}, items: [{nam: c}]}}");

    List<String> dropped = SchemaPruning.prune(object, SCHEMA);

    assertThat(dropped).containsExactlyInAnyOrder("spec.nmae", "spec.items[0].nam", "other");
    assertThat((JsonNode) object)
        .isEqualTo(
            yaml(
                "{metadata: {anything: 1}, spec: {name: ab, free: {any: {thing: 1}}, labels: {a: b}, items: [{}]}}"));
  }
}
