package dev.flightdelay.operator.namespaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.namespaces.Reading.Closed;
import dev.flightdelay.operator.namespaces.Reading.NoAnswer;
import dev.flightdelay.operator.namespaces.Reading.NoCustomResource;
import dev.flightdelay.operator.namespaces.Reading.Open;
import dev.flightdelay.operator.namespaces.StartCheck.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartCheckTest {

  private final Map<String, Reading> readings =
      new HashMap<>(Map.of("flights", new Open(), "trains", new Open()));
  private final WatchedNamespaces namespaces = new WatchedNamespaces(List.of("flights", "trains"));
  private final StartCheck check = new StartCheck(namespaces, readings::get);

  @Test
  void startsWhereEveryNamespaceCanBeRead() {
    assertThat(check.look()).isInstanceOf(Verdict.Start.class);

    assertThat(namespaces.open()).containsExactlyInAnyOrder("flights", "trains");
    assertThat(namespaces.closed()).isEmpty();
  }

  @Test
  void startsForThoseThatCanBeRead() {
    readings.put("trains", new Closed("forbidden"));

    assertThat(check.look()).isInstanceOf(Verdict.Start.class);

    assertThat(namespaces.open()).containsExactly("flights");
    assertThat(namespaces.closed()).containsExactly(Map.entry("trains", "forbidden"));
  }

  @Test
  void endsWhereNoneCanBeRead() {
    readings.put("trains", new Closed("forbidden: trains"));
    readings.put("flights", new Closed("forbidden: flights"));

    assertThat(check.look())
        .isInstanceOfSatisfying(
            Verdict.End.class,
            end ->
                assertThat(end.why())
                    .contains("(flights, trains) may be read", "of flights: forbidden: flights")
                    .contains("apply the chart again"));
  }

  @Test
  void endsWithoutTheCustomResource() {
    readings.put("trains", new NoCustomResource());

    assertThat(check.look())
        .isInstanceOfSatisfying(
            Verdict.End.class, end -> assertThat(end.why()).contains("kubectl apply"));
  }

  @Test
  void waitsForAnAnswerAboutEachOfThem() {
    readings.put("flights", new Closed("forbidden"));
    readings.put("trains", new NoAnswer("refused"));

    assertThat(check.look()).isEqualTo(new Verdict.Wait("refused"));
  }
}
