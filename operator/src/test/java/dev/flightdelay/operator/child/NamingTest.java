package dev.flightdelay.operator.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamingTest {

  private static Naming naming(String model) {
    FlightDelayModel resource = new FlightDelayModel();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("flights")
            .withName(model)
            .withUid(model + "-uid")
            .build());
    return Naming.of(resource);
  }

  @Test
  void givesNoTwoVersionsOneName() {
    // All that the schema admits and that look alike: names may have dashes, versions may not.
    List<String> models = List.of("a", "a-b", "a-b-c", "a-v1", "ab", "a--b");
    List<String> versions = List.of("v1", "b", "c", "bc", "1");
    Set<String> names = new HashSet<>();

    models.forEach(model -> versions.forEach(version -> names.add(naming(model).name(version))));

    assertThat(names).hasSize(models.size() * versions.size());
  }

  @Test
  void staysWithinTheLengthOfALabel() {
    assertThat(naming("m".repeat(40)).name("v".repeat(20)).length()).isLessThanOrEqualTo(63);
  }

  @Test
  void selectsTheVersionsPodsOnly() {
    Map<String, String> selector = naming("a").selector("v1");

    assertThat(naming("a").labels("v1")).containsAllEntriesOf(selector);
    assertThat(naming("a").labels("v2")).doesNotContainEntry(Naming.VERSION_LABEL, "v1");
    assertThat(naming("b").labels("v1")).doesNotContainEntry(Naming.MODEL_LABEL, "a");
  }

  @Test
  void controlsWhatThisVeryModelOwns() {
    Naming naming = naming("a");
    var owned = new ConfigMapBuilder().withMetadata(naming.versionMetadata("v1", Map.of())).build();

    assertThat(naming.controls(owned)).isTrue();
    assertThat(naming("b").controls(owned)).isFalse();
  }

  @Test
  void doesNotControlWhatIsOnlyOwnedOrOwnedByNobody() {
    Naming naming = naming("a");
    var owner = naming.owner();
    owner.setController(null);

    assertThat(
            naming.controls(
                new ConfigMapBuilder()
                    .withNewMetadata()
                    .withOwnerReferences(owner)
                    .endMetadata()
                    .build()))
        .isFalse();
    assertThat(naming.controls(new ConfigMapBuilder().withNewMetadata().endMetadata().build()))
        .isFalse();
  }

  @Test
  void readsTheVersionFromTheLabel() {
    var object =
        new ConfigMapBuilder()
            .withNewMetadata()
            .addToLabels(Naming.VERSION_LABEL, "v1")
            .endMetadata()
            .build();
    var bare = new ConfigMapBuilder().withNewMetadata().endMetadata().build();
    bare.getMetadata().setLabels(null);

    assertThat(Naming.versionOf(object)).hasValue("v1");
    assertThat(Naming.versionOf(bare)).isEmpty();
  }
}
