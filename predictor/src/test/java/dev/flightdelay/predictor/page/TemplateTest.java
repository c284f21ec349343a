package dev.flightdelay.predictor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

  @Test
  void escapesUnlessTold() {
    assertThat(fill("{{a}} {{{a}}}", Map.of("a", "<b>"))).isEqualTo("&lt;b&gt; <b>");
  }

  @Test
  void doesNotReadValuesAsTemplate() {
    assertThat(fill("{{a}}{{{a}}}", Map.of("a", "{{b}}"))).isEqualTo("{{b}}{{b}}");
  }

  @Test
  void repeatsSectionForEachItemWithOuterValues() {
    List<Map<String, String>> items = List.of(Map.of("n", "1"), Map.of("n", "2"));

    assertThat(fill("{{#items}}{{n}}{{unit}} {{/items}}", Map.of("items", items, "unit", "m")))
        .isEqualTo("1m 2m ");
  }

  @Test
  void leavesOutSectionWithoutItems() {
    assertThat(fill("a{{#items}}b{{/items}}{{^items}}c{{/items}}", Map.of())).isEqualTo("ac");
  }

  @Test
  void leavesNoEmptyLineForTagOfSection() {
    String template = "a\n  {{#items}}\n  b\n  {{/items}}\nc\n";

    assertThat(fill(template, Map.of("items", List.of(Map.of())))).isEqualTo("a\n  b\nc\n");
  }

  @Test
  void saysWhichPlaceHasNoValue() {
    assertThatIllegalStateException()
        .isThrownBy(() -> fill("{{nmae}}", Map.of("name", "x")))
        .withMessage("test.html: No method or field with name 'nmae' on line 1");
  }

  @Test
  void saysWhichSectionDoesNotEnd() {
    assertThatIllegalStateException()
        .isThrownBy(() -> fill("{{#a}}", Map.of()))
        .withMessage("test.html: Section missing close tag 'a' @ line 1");
    assertThatIllegalStateException()
        .isThrownBy(() -> fill("{{#a}}{{/b}}", Map.of()))
        .withMessage("test.html: Section close tag with mismatched open tag 'b' != 'a' @ line 1");
  }

  private static String fill(String template, Map<String, ?> values) {
    return new Template("test.html", Html::escape, template).fill(values);
  }
}
