package dev.flightdelay.predictor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowBudgetTest {

  @Test
  void namesTheSettingThatAllowsMore() {
    RowBudget budget = new RowBudget(RowCost.of(2_000), 1_000);

    assertThatThrownBy(budget::check)
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith("BUDGET_EXCEEDED: one row takes, by estimate, 2,000 operations")
        .hasMessageContaining(
            "MODEL_MAX_ROW_COST (--model-max-row-cost=, spec.limits.maxRowCost) allows 1,000");
    assertThatCode(new RowBudget(RowCost.of(2_000), 2_000)::check).doesNotThrowAnyException();
  }

  @Test
  void asksForRoomForATextOfTwoPages() {
    assertThatThrownBy(new RowBudget(new RowCost(0, 300, 0, true), 1_000_000)::check)
        .hasMessageContaining("with a text of 4,096 letters");
    assertThatCode(new RowBudget(new RowCost(0, 200, 0, true), 1_000_000)::check)
        .doesNotThrowAnyException();
  }

  @Test
  void refusesTheRowWhoseTextsCostTooMuch() {
    RowBudget budget = new RowBudget(new RowCost(500, 100, 0, true), 1_000);

    assertThatCode(() -> budget.require(texts("12345", "1234"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> budget.require(texts("12345", "123456")))
        .isInstanceOf(UnusableRowsException.class)
        .hasMessage("row 1 has texts of 6 letters, and this model takes at most 5 in a row");
  }

  @Test
  void takesFewerRowsAtATimeWhereTheirTextsAreLong() {
    RowBudget budget = new RowBudget(new RowCost(0, 1 << 20, 0, true), Long.MAX_VALUE);
    Rows rows = texts("a".repeat(40), "b".repeat(40), "c", "d".repeat(100), "e");

    assertThat(budget.rowsAtATime(rows, 0)).isEqualTo(1);
    assertThat(budget.rowsAtATime(rows, 1)).isEqualTo(2);
    assertThat(budget.rowsAtATime(rows, 3)).isEqualTo(1);
    assertThat(budget.rowsAtATime(rows, 4)).isEqualTo(1);
  }

  @Test
  void takesFewerRowsAtATimeWhereTheyTakeLong() {
    Rows rows = texts("a", "b", "c", "d", "e");

    assertThat(budget(40).rowsAtATime(rows, 0)).isGreaterThan(10_000);
    assertThat(budget(3_000_000).rowsAtATime(rows, 0)).isEqualTo(3);
    assertThat(budget(30_000_000).rowsAtATime(rows, 0)).isEqualTo(1);
  }

  private static RowBudget budget(long operations) {
    return new RowBudget(RowCost.of(operations), Long.MAX_VALUE);
  }

  @Test
  void addsUpToTheLargestNumberAndNotBeyond() {
    RowCost large = new RowCost(Long.MAX_VALUE - 1, Long.MAX_VALUE / 2, 3, true);

    RowCost sum = large.plus(large).plus(RowCost.of(5));

    assertThat(sum.operations()).isEqualTo(Long.MAX_VALUE);
    assertThat(sum.withText(1 << 20)).isEqualTo(Long.MAX_VALUE);
    assertThat(large.plus(new RowCost(0, 0, 0, false)).mayBlock()).isFalse();
  }

  private static Rows texts(String... texts) {
    return new Rows(new double[texts.length], texts, texts.length, 1);
  }
}
