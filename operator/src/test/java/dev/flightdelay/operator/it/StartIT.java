package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.cluster.OperatorProcess;
import dev.flightdelay.operator.faults.Fault;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator does where it cannot work: only an answer of the API server ends its start. */
class StartIT {

  /** A JVM's start on a busy machine; the operator waits for nothing in it. */
  private static final Duration AT_ONCE = Duration.ofSeconds(120);

  private OperatorEnvironment environment;
  private OperatorProcess operator;

  @BeforeEach
  void prepare() {
    environment = OperatorEnvironment.prepare("start", Map.of());
    operator = environment.operator();
    operator.expect("cannot start");
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void endsInASentenceWithoutTheCustomResource() {
    // Whether it may is asked before what there is.
    environment.permit(
        OperatorEnvironment.rules().stream()
            .map(
                rule -> new PolicyRuleBuilder(rule).addToApiGroups("not-installed.flightdelay.dev"))
            .map(PolicyRuleBuilder::build)
            .toList());
    try (Fault _ = environment.proxy().withoutGroup("flightdelay.dev")) {
      operator.start();

      assertThat(operator.awaitEnd(AT_ONCE)).isEqualTo(1);
    }

    assertOneSentence("does not know FlightDelayModels", "kubectl apply --server-side -f crds/");
  }

  @Test
  void endsInASentenceWhereItMayReadNothing() {
    environment.permit(
        OperatorEnvironment.rules().stream()
            .map(rule -> rule.getResources().contains("services") ? without(rule, "list") : rule)
            .toList());
    operator.start();

    assertThat(operator.awaitEnd(AT_ONCE)).isEqualTo(1);

    assertOneSentence("none of the namespaces", "cannot list resource \"services\"", "role");
  }

  private static PolicyRule without(PolicyRule rule, String verb) {
    return new PolicyRuleBuilder(rule).removeFromVerbs(verb).build();
  }

  private void assertOneSentence(String... parts) {
    List<String> log = operator.log();
    assertThat(log).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    assertThat(log)
        .filteredOn(line -> line.contains("ERROR"))
        .singleElement()
        .satisfies(line -> assertThat(line).contains(parts));
  }

  @Test
  void waitsForAnApiServerThatIsAway() {
    environment.apply(Model.named("flights").version("v1", 100));
    try (Fault _ = environment.proxy().outage()) {
      operator.start();
      await("it is alive, and not ready")
          .atMost(AT_ONCE)
          .ignoreExceptions()
          .failFast("it ended", () -> !operator.isAlive())
          .untilAsserted(
              () -> {
                assertThat(operator.get("/livez")).startsWith("200");
                assertThat(operator.get("/readyz")).startsWith("503").contains("starting");
              });
      await("it says what it waits for")
          .atMost(Duration.ofSeconds(10))
          .until(() -> operator.log().stream().anyMatch(line -> line.contains("waited for")));
      await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
      assertThat(operator.isAlive()).isTrue();
      assertThat(operator.log())
          .as("lines of what is away: one of the start, one of the requests")
          .filteredOn(line -> line.contains("WARN"))
          .hasSizeLessThanOrEqualTo(2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    operator.awaitReady();
    environment.awaitReady("flights");
  }
}
