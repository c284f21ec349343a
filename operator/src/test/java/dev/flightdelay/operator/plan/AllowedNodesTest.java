package dev.flightdelay.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.PredictorTemplate;
import dev.flightdelay.operator.api.v1alpha1.Toleration;
import dev.flightdelay.operator.api.v1alpha1.Toleration.Operator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllowedNodesTest {

  private static final AllowedNodes SOME =
      new AllowedNodes(List.of("spot", "dedicated=flights", "gpu/*"), List.of("zone", "pool=a*"));

  private static Optional<String> tolerates(AllowedNodes allowed, String key, String value) {
    return allowed.refuses(
        template(
            List.of(
                new Toleration(
                    key, value == null ? Operator.Exists : Operator.Equal, value, null, null)),
            Map.of()));
  }

  private static Optional<String> selects(AllowedNodes allowed, String key, String value) {
    return allowed.refuses(template(List.of(), Map.of(key, value)));
  }

  private static PredictorTemplate template(
      List<Toleration> tolerations, Map<String, String> nodeSelector) {
    return new PredictorTemplate(null, null, null, null, nodeSelector, tolerations, null);
  }

  @Test
  void allowsNothingThatIsNotListed() {
    assertThat(tolerates(AllowedNodes.NONE, "spot", null)).isPresent();
    assertThat(tolerates(AllowedNodes.NONE, null, null))
        .hasValueSatisfying(why -> assertThat(why).contains("every taint", "allowedTolerations"));
    assertThat(selects(AllowedNodes.NONE, "zone", "a"))
        .hasValueSatisfying(why -> assertThat(why).contains("zone=a", "allowedNodeSelectors"));
    assertThat(AllowedNodes.NONE.refuses(template(List.of(), Map.of()))).isEmpty();
  }

  @Test
  void allowsAKeyWithEveryValueAndAValueAlone() {
    assertThat(tolerates(SOME, "spot", null)).isEmpty();
    assertThat(tolerates(SOME, "spot", "true")).isEmpty();
    assertThat(tolerates(SOME, "spotty", null)).isPresent();
    assertThat(tolerates(SOME, "dedicated", "flights")).isEmpty();
    assertThat(tolerates(SOME, "dedicated", "flights2")).isPresent();
    assertThat(tolerates(SOME, "dedicated", null)).as("every value of it").isPresent();
    assertThat(tolerates(SOME, "gpu/a100", null)).isEmpty();
    assertThat(tolerates(SOME, null, null)).isPresent();
    assertThat(selects(SOME, "zone", "b")).isEmpty();
    assertThat(selects(SOME, "pool", "a1")).isEmpty();
    assertThat(selects(SOME, "pool", "b")).isPresent();
  }

  @Test
  void allowsEverythingForAStar() {
    AllowedNodes all = new AllowedNodes(List.of("*"), List.of("*"));

    assertThat(tolerates(all, null, null)).isEmpty();
    assertThat(selects(all, "kubernetes.io/hostname", "node-1")).isEmpty();
  }
}
