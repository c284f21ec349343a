package dev.flightdelay.operator.namespaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.namespaces.Reading.Closed;
import dev.flightdelay.operator.namespaces.Reading.NoAnswer;
import dev.flightdelay.operator.namespaces.Reading.Open;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class NamespaceWatchTest {

  private final Map<String, Reading> readings =
      new HashMap<>(Map.of("flights", new Open(), "trains", new Open()));
  private final WatchedNamespaces namespaces = new WatchedNamespaces(List.of("flights", "trains"));
  private final List<String> informed = new ArrayList<>();
  private boolean informersFail;
  private KubernetesClient client;
  private NamespaceWatch watch;

  @BeforeEach
  void start() {
    namespaces.opens("flights");
    namespaces.opens("trains");
    NamespaceWatch.Informers informers =
        new NamespaceWatch.Informers() {
          @Override
          public void read(Set<String> open) {
            informed.add("read " + open.stream().sorted().toList());
            if (informersFail && open.contains("trains")) {
              throw new IllegalStateException("no answer");
            }
          }

          @Override
          public void known() {
            informed.add("known " + namespaces.open().stream().sorted().toList());
          }
        };
    watch =
        new NamespaceWatch(
            namespaces,
            readings::get,
            readings::get,
            informers,
            new NamespaceEvents(
                client, "operators", "operator-1", () -> true, InstantSource.system()));
  }

  private List<String> told() {
    return client.v1().events().inNamespace("operators").list().getItems().stream()
        .map(Event::getReason)
        .toList();
  }

  @Test
  void doesNothingWhileEverythingCanBeRead() {
    watch.look();

    assertThat(informed).isEmpty();
    assertThat(told()).isEmpty();
  }

  @Test
  void leavesANamespaceThatIsGoneAndSaysSoOnce() {
    readings.put("trains", new Closed("forbidden"));

    watch.look();
    watch.look();

    assertThat(informed).containsExactly("read [flights]");
    assertThat(namespaces.isOpen("trains")).isFalse();
    assertThat(namespaces.closed()).containsEntry("trains", "forbidden");
    assertThat(told()).containsExactly("NamespaceNotServed");
  }

  @Test
  void takesItUpOnlyOnceItIsKnownWholly() {
    readings.put("trains", new Closed("forbidden"));
    watch.look();
    informed.clear();
    readings.put("trains", new Open());

    watch.look();

    assertThat(informed).containsExactly("read [flights, trains]", "known [flights, trains]");
    assertThat(told()).containsExactly("NamespaceNotServed", "NamespaceServed");
  }

  @Test
  void triesAgainWhereItsCachesCannotBeFilled() {
    readings.put("trains", new Closed("forbidden"));
    watch.look();
    informed.clear();
    readings.put("trains", new Open());
    informersFail = true;

    watch.look();

    assertThat(informed).containsExactly("read [flights, trains]", "read [flights]");
    assertThat(namespaces.isOpen("trains")).isFalse();
    informersFail = false;
    watch.look();
    assertThat(namespaces.isOpen("trains")).isTrue();
  }

  @Test
  void leavesNoneBecauseNoAnswerComes() {
    readings.put("flights", new NoAnswer("refused"));

    watch.look();

    assertThat(informed).isEmpty();
    assertThat(namespaces.isOpen("flights")).isTrue();
  }
}
