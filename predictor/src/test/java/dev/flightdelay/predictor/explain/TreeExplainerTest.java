package dev.flightdelay.predictor.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Rows;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeExplainerTest {

  private static final double EXACT = 1e-11;

  // Small and large blocks, one row, paths on which a column comes again, several outputs.
  @ParameterizedTest
  @CsvSource({"1,1,3,40", "2,1,1,40", "5,1,7,17", "8,2,6,9", "3,3,9,33", "10,1,5,4"})
  void contributionsAreTheShapleyValuesByDefinition(int columns, int width, int depth, int count) {
    Random random = new Random(columns * 100 + depth);
    RandomTrees trees = new RandomTrees(random, 4, columns, width, depth);
    Rows rows = new Rows(random.doubles((long) count * columns, -2, 2).toArray(), count, columns);
    Explainer explainer = explainer(trees, width, columns);
    double[] contributions = new double[count * columns * width];

    explainer.explain(rows, 0, count, contributions);

    AllSubsets subsets = new AllSubsets(trees);
    for (int row = 0; row < count; row++) {
      double[] own = new double[columns];
      System.arraycopy(rows.values(), row * columns, own, 0, columns);
      for (int k = 0; k < width; k++) {
        assertThat(explainer.base()[k]).isCloseTo(subsets.value(own, 0, k), within(EXACT));
        for (int column = 0; column < columns; column++) {
          assertThat(contributions[(row * columns + column) * width + k])
              .as("row %d, column %d, output %d", row, column, k)
              .isCloseTo(subsets.shapley(own, column, k), within(EXACT));
        }
      }
    }
  }

  @Test
  void contributionsOfManyColumnsOnOnePathStillSumToTheAnswer() {
    Random random = new Random(5);
    int columns = 150;
    RandomTrees trees = new RandomTrees(random, 1, columns, 1, 12);
    Rows rows = new Rows(random.doubles(40L * columns, -2, 2).toArray(), 40, columns);
    Explainer explainer = explainer(trees, 1, columns);
    double[] contributions = new double[40 * columns];

    explainer.explain(rows, 0, 40, contributions);

    for (int row = 0; row < 40; row++) {
      double sum = explainer.base()[0];
      for (int column = 0; column < columns; column++) {
        sum += contributions[row * columns + column];
      }
      assertThat(sum).isCloseTo(answer(trees, rows, row), within(EXACT));
    }
  }

  @Test
  void quadratureIsExactForPolynomialsUpToTwiceItsPoints() {
    for (int points = 1; points < 40; points++) {
      GaussLegendre rule = GaussLegendre.of(points);
      for (int degree = 0; degree < 2 * points; degree++) {
        double sum = 0;
        for (int i = 0; i < points; i++) {
          sum += rule.weights()[i] * Math.pow(rule.points()[i], degree);
        }
        assertThat(sum).isCloseTo(1.0 / (degree + 1), within(1e-14));
      }
    }
  }

  @Test
  void sharesOfWeightedRowsAreWrongByLessThanTheirUnit() {
    LeftCovers.Builder builder = new LeftCovers.Builder(1);
    builder.tree();
    builder.split(0, 0.3, 1.1);
    builder.split(1, 1e-30, 1);
    LeftCovers covers = builder.build();

    assertThat(covers.root(0)).isEqualTo(1);
    assertThat(covers.left(0, 0, 1)).isCloseTo(0.3 / 1.4, within(0x1p-33));
    assertThat(covers.left(0, 1, 1)).isBetween(Double.MIN_VALUE, 0x1p-31);
  }

  @Test
  void aCoverOfNothingIsNone() {
    LeftCovers.Builder builder = new LeftCovers.Builder(1);
    builder.tree(3);
    builder.split(0, 3, 0);

    assertThat(builder.build()).isNull();
  }

  private static Explainer explainer(RandomTrees trees, int width, int columns) {
    return TreeExplainer.of(
        Explainer.Space.VALUE,
        trees,
        new double[width],
        1,
        columns,
        (rows, from, count, into) ->
            System.arraycopy(rows.values(), from * columns, into, 0, count * columns));
  }

  private static double answer(RandomTrees trees, Rows rows, int row) {
    int node = trees.root(0);
    while (!trees.isLeaf(0, node)) {
      boolean left = trees.goesLeft(0, node, rows.get(row, trees.slot(0, node)));
      node = left ? trees.left(0, node) : trees.right(0, node);
    }
    return trees.value(0, node, 0);
  }
}
