package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.RowCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What rows of whole models are estimated to cost. */
class RowCostOfModelsTest {

  private static final Path FOLDER = Path.of("src/test/resources/hostile");

  @Test
  void isAnOperationForEachWeightAndColumn() throws IOException {
    // Two coefficients, an intercept and two classes; two features, a label, two probabilities and
    // a decision.
    RowCost cost = cost("controls/protocol-4-1.pkl");

    assertThat(cost.operations()).isBetween(9L, 16L);
    assertThat(cost.cells()).isEqualTo(6);
    assertThat(cost.mayBlock()).isTrue();
  }

  @Test
  void isTheLongestPathOfEachTreeHoweverManyNodesThereAre() throws IOException {
    RowCost two = cost("controls/deep-forest-2.pkl");
    RowCost one = cost("controls/deep-tree-2.pkl");

    // 200 splits and a leaf, four operations each.
    assertThat(one.operations()).isBetween(4 * 201L, 4 * 201L + 10);
    assertThat(two.operations()).isBetween(8 * 201L, 8 * 201L + 10);
  }

  @Test
  void countsAModelThatManyShareForEachOfThem() throws IOException {
    assertThat(cost("controls/voting-1.pkl").operations()).isGreaterThan(2 * 4 * 2L);
  }

  @Test
  void keepsPatternsOfOnesOwnOffTheEventLoop() throws IOException {
    RowCost cost = cost("costs/pattern-that-comes-back-2.pkl");

    assertThat(cost.perLetter()).isBetween(100L, 1000L);
    assertThat(cost.mayBlock()).isFalse();
  }

  @Test
  void isAllowedToBeMoreByASetting() throws IOException {
    byte[] file =
        HostileFile.all().stream()
            .filter(hostile -> hostile.name().equals("costs/texts-taken-apart-1.recipe"))
            .findFirst()
            .orElseThrow()
            .bytes();

    assertThatThrownBy(() -> ModelReader.read(file, ""))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining(
            "MODEL_MAX_ROW_COST (--model-max-row-cost=, spec.limits.maxRowCost) allows 100,000,000");
    assertThat(ModelReader.read(file, "", 10_000_000_000L).budget().cost().perLetter())
        .isBetween(200_000L, 300_000L);
  }

  private static RowCost cost(String name) throws IOException {
    return ModelReader.read(Files.readAllBytes(FOLDER.resolve(name)), "").budget().cost();
  }
}
