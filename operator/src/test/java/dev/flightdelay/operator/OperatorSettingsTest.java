package dev.flightdelay.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightdelay.operator.leader.LeaseTimes;
import dev.flightdelay.operator.plan.PlanSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OperatorSettingsTest {

  private static OperatorSettings settings(Map<String, String> set) {
    Map<String, String> all = new HashMap<>(Map.of("operator.predictor-image", "predictor:1"));
    all.putAll(set);
    return new Binder(new MapConfigurationPropertySource(all))
        .bind("operator", OperatorSettings.class)
        .get();
  }

  @Test
  void needNothingButTheImage() {
    OperatorSettings settings = settings(Map.of());

    assertThat(settings.namespace()).isEqualTo("default");
    assertThat(settings.namespaces()).containsExactly("default");
    assertThat(settings.allNamespaces()).isFalse();
    assertThat(settings.allowedImages()).isEmpty();
    assertThat(settings.allowedServiceAccounts()).isEmpty();
    assertThat(settings.modelAllowedHosts()).isEmpty();
    assertThat(settings.scraperNamespaces()).isEmpty();
    assertThat(settings.leaderElection()).isTrue();
    assertThat(settings.lease())
        .isEqualTo(
            new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2)));
    assertThat(settings.resync()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void readEverythingThatCanBeSet() {
    OperatorSettings settings =
        settings(
            Map.of(
                "operator.namespace", "operators",
                "operator.namespaces", "flights,trains",
                "operator.allowed-images", "registry.example/*,other:1",
                "operator.allowed-service-accounts", "reader",
                "operator.model-allowed-hosts", "store,10.0.0.0/8",
                "operator.scraper-namespaces", "monitoring",
                "operator.leader-election", "false",
                "operator.lease.duration", "30s",
                "operator.resync", "30s"));

    assertThat(settings.namespaces()).containsExactly("flights", "trains");
    assertThat(settings.leaderElection()).isFalse();
    assertThat(settings.lease().duration()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.resync()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.planSettings().allowedImages())
        .containsExactly("registry.example/*", "other:1");
    assertThat(settings.planSettings().allowedServiceAccounts()).containsExactly("reader");
    assertThat(settings.planSettings().children().predictorImage()).isEqualTo("predictor:1");
    assertThat(settings.planSettings().children().modelAllowedHosts())
        .isEqualTo("store,10.0.0.0/8");
    assertThat(settings.planSettings().children().operatorNamespace()).isEqualTo("operators");
    assertThat(settings.planSettings().children().scraperNamespaces())
        .containsExactly("monitoring");
  }

  @Test
  void readWhichNodesAndClassModelsGet() {
    PlanSettings settings =
        settings(
                Map.of(
                    "operator.allowed-tolerations", "spot,dedicated=flights",
                    "operator.allowed-node-selectors", "pool=a*",
                    "operator.ingress-default-class", "nginx"))
            .planSettings();

    assertThat(settings.allowedNodes().tolerations()).containsExactly("spot", "dedicated=flights");
    assertThat(settings.allowedNodes().nodeSelectors()).containsExactly("pool=a*");
    assertThat(settings.ingressDefaultClass()).hasValue("nginx");
  }

  @Test
  void watchTheOperatorsOwnNamespaceWhereNoneIsNamed() {
    assertThat(settings(Map.of("operator.namespace", "operators")).namespaces())
        .containsExactly("operators");
  }

  @Test
  void watchAllNamespacesForAStar() {
    assertThat(settings(Map.of("operator.namespaces", "*")).allNamespaces()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void refuseAMissingImage(String image) {
    assertThatThrownBy(() -> settings(Map.of("operator.predictor-image", image)))
        .rootCause()
        .hasMessageContaining("OPERATOR_PREDICTOR_IMAGE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "-1s", "6m"})
  void refuseAResyncThatIsNoneOrTooRare(String resync) {
    assertThatThrownBy(() -> settings(Map.of("operator.resync", resync)))
        .rootCause()
        .hasMessageContaining("OPERATOR_RESYNC");
  }

  @ParameterizedTest
  @CsvSource({
    "operator.lease.duration, 2s, OPERATOR_LEASE_DURATION",
    "operator.lease.duration, 6m, OPERATOR_LEASE_DURATION",
    "operator.lease.duration, 15500ms, OPERATOR_LEASE_DURATION",
    "operator.lease.renew-deadline, 14500ms, OPERATOR_LEASE_RENEW_DEADLINE",
    "operator.lease.retry-period, 6s, OPERATOR_LEASE_RETRY_PERIOD",
    "operator.lease.retry-period, 50ms, OPERATOR_LEASE_RETRY_PERIOD"
  })
  void refuseLeaseTimesThatLetTwoLeadOrNobody(String name, String value, String variable) {
    assertThatThrownBy(() -> settings(Map.of(name, value))).hasStackTraceContaining(variable);
  }
}
