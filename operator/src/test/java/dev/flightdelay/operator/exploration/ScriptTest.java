package dev.flightdelay.operator.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScriptTest {
  @Test
  void isTheSameForTheSameSeedAndAnotherForAnother() {
    List<Act> script = Script.of(7, 20);

    assertThat(Script.of(7, 20)).isEqualTo(script);
    assertThat(Script.of(8, 20)).isNotEqualTo(script);
  }

  @Test
  void hasEveryTroubleAndEveryDeedWithinSomeRounds() {
    List<Act> acts =
        LongStream.range(0, 30).boxed().flatMap(seed -> Script.of(seed, 20).stream()).toList();

    assertThat(acts)
        .filteredOn(Act.Trouble.class::isInstance)
        .extracting(act -> ((Act.Trouble) act).kind())
        .contains(Act.Trouble.Kind.values());
    assertThat(acts)
        .filteredOn(Act.Meddle.class::isInstance)
        .extracting(act -> ((Act.Meddle) act).deed())
        .containsAll(Deed.TO_VERSIONS)
        .containsAll(Deed.TO_INGRESSES)
        .containsAll(Deed.TO_HTTP_ROUTES);
  }
}
