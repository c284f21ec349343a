package dev.flightdelay.predictor.trees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaves found by bit sets are those that a walk from the root comes to. */
class QuickScorerTest {

  private static final int FEATURES = 5;

  // Few, so that values often are thresholds.
  private static final double[] NUMBERS = {
    Double.NEGATIVE_INFINITY,
    -3,
    -1e-300,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    0.5,
    1,
    2,
    1e300,
    Double.POSITIVE_INFINITY
  };

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16, 31, 32, 33, 48, 64})
  void findsTheLeafThatAWalkComesTo(int leaves) {
    List<RandomTree> trees = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      trees.add(new RandomTree(leaves));
    }

    QuickScorer scorer = QuickScorer.of(trees);

    assertThat(trees.stream().filter(tree -> scorer.holds(trees.indexOf(tree)))).isNotEmpty();
    for (int rows : new int[] {1, 7, 24, 255, QuickScorer.ROWS}) {
      assertSameLeaves(trees, scorer, rows);
    }
  }

  @Test
  void leavesLargeTreesToOthers() {
    List<RandomTree> trees = new ArrayList<>(Arrays.asList(new RandomTree(65), null));
    for (int i = 0; i < 2 * FEATURES; i++) {
      trees.add(new RandomTree(3));
    }

    QuickScorer scorer = QuickScorer.of(trees);

    assertThat(scorer.holds(0)).isFalse();
    assertThat(scorer.holds(1)).isFalse();
    assertThat(scorer.holds(2)).isTrue();
  }

  @Test
  void leavesFewTreesOfManyColumnsToOthers() {
    QuickScorer scorer = QuickScorer.of(List.of(new RandomTree(20)));

    assertThat(scorer.holds(0)).isFalse();
    scorer.block().load(new double[2 * FEATURES], 0, FEATURES, 2);
  }

  @Test
  void looksNoDeeperIntoAChainThanItMayHaveLeaves() {
    QuickScorer scorer = QuickScorer.of(List.of(new Chain(1_000_000)));

    assertThat(scorer.holds(0)).isFalse();
  }

  private void assertSameLeaves(List<RandomTree> trees, QuickScorer scorer, int rows) {
    double[] doubles = new double[rows * FEATURES];
    float[] floats = new float[rows * FEATURES];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = random.nextInt(8) == 0 ? Double.NaN : NUMBERS[random.nextInt(NUMBERS.length)];
      floats[i] = (float) doubles[i];
    }
    QuickScorer.Block ofDoubles = scorer.block();
    QuickScorer.Block ofFloats = scorer.block();
    ofDoubles.load(doubles, 0, FEATURES, rows);
    ofFloats.load(floats, FEATURES, rows);
    for (int t = 0; t < trees.size(); t++) {
      if (!scorer.holds(t)) {
        continue;
      }
      int[] found = ofDoubles.find(t);
      int[] foundOfFloats = ofFloats.find(t);
      for (int row = 0; row < rows; row++) {
        double[] values = Arrays.copyOfRange(doubles, row * FEATURES, (row + 1) * FEATURES);
        assertThat(scorer.leaves()[found[row]]).isEqualTo(trees.get(t).walk(values));
        for (int k = 0; k < FEATURES; k++) {
          values[k] = floats[row * FEATURES + k];
        }
        assertThat(scorer.leaves()[foundOfFloats[row]]).isEqualTo(trees.get(t).walk(values));
      }
    }
  }

  /** Grown by splitting any leaf until there are enough; a large one level by level. */
  private final class RandomTree implements SplitTree {

    private final int[] left;
    private final int[] feature;
    private final double[] threshold;
    private final boolean[] missingRight;

    RandomTree(int leaves) {
      int nodes = 2 * leaves - 1;
      left = new int[nodes];
      feature = new int[nodes];
      threshold = new double[nodes];
      missingRight = new boolean[nodes];
      List<Integer> open = new ArrayList<>(List.of(0));
      for (int next = 1; next < nodes; next += 2) {
        int node = open.remove(leaves > 32 ? 0 : random.nextInt(open.size()));
        left[node] = next;
        feature[node] = random.nextInt(FEATURES);
        threshold[node] = NUMBERS[1 + random.nextInt(NUMBERS.length - 1)];
        missingRight[node] = random.nextBoolean();
        open.add(next);
        open.add(next + 1);
      }
    }

    int walk(double[] row) {
      int node = 0;
      while (!isLeaf(node)) {
        double value = row[feature[node]];
        boolean goesRight = Double.isNaN(value) ? missingRight[node] : value > threshold[node];
        node = left[node] + (goesRight ? 1 : 0);
      }
      return node;
    }

    @Override
    public int root() {
      return 0;
    }

    @Override
    public boolean isLeaf(int node) {
      return left[node] == 0;
    }

    @Override
    public int left(int node) {
      return left[node];
    }

    @Override
    public int right(int node) {
      return left[node] + 1;
    }

    @Override
    public int feature(int node) {
      return feature[node];
    }

    @Override
    public double threshold(int node) {
      return threshold[node];
    }

    @Override
    public boolean missingGoesRight(int node) {
      return missingRight[node];
    }
  }

  /** Even nodes split, into a leaf and the next even node. */
  private record Chain(int length) implements SplitTree {

    @Override
    public int root() {
      return 0;
    }

    @Override
    public boolean isLeaf(int node) {
      return node % 2 == 1 || node >= length;
    }

    @Override
    public int left(int node) {
      return node + 2;
    }

    @Override
    public int right(int node) {
      return node + 1;
    }

    @Override
    public int feature(int node) {
      return 0;
    }

    @Override
    public double threshold(int node) {
      return node;
    }

    @Override
    public boolean missingGoesRight(int node) {
      return false;
    }
  }
}
