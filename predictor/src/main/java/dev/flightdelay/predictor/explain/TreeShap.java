package dev.flightdelay.predictor.explain;

import java.util.Arrays;

/**
 * Exact Shapley values of trees by the path-dependent rule: a column that is not known leads both
 * ways, in the proportion of the training rows that went there.
 *
 * <p>On the path to a leaf a column {@code j} that is known leads on or not, {@code o_j = 1} or
 * {@code 0}, and one that is not lets a share {@code z_j} come through, the product over all nodes
 * that look at it. If each column is known with the probability {@code t}, a leaf counts {@code v *
 * prod_j q_j} with {@code q_j = z_j (1 - t) + o_j t}: the multilinear extension of the game. A
 * column's Shapley value is the integral of its derivative along the diagonal, {@code v * int_0^1
 * (o_i - z_i) prod_(j != i) q_j dt} (Owen 1972), a polynomial that Gauss-Legendre quadrature
 * integrates exactly. As no factor is 0 between the points' ends, {@code prod_(j != i) q_j} is
 * {@code prod_j q_j / q_i}, so that one walk down and up a tree is enough: down go the products, up
 * come the sums of the leaves below, as in Linear TreeSHAP, whose polynomials are kept here by
 * their values. Where a column comes a second time on a path, what it was credited with above is
 * taken back for the leaves below.
 *
 * <p>All is done for the points of several rows at once: a lane is a point of a row, and the lanes
 * of a point stand together. For one thread.
 *
 * @see <a href="https://arxiv.org/abs/1802.03888">Lundberg and others, Consistent Individualized
 *     Feature Attribution for Tree Ensembles</a>
 * @see <a href="https://doi.org/10.1287/mnsc.18.5.64">Owen, Multilinear Extensions of Games</a>
 * @see <a href="https://arxiv.org/abs/2209.08192">Yu and others, Linear TreeShap</a>
 */
final class TreeShap {

  private static final int NONE = 0;

  private final CoverTrees trees;
  private final int width;
  private final int outputs;

  // Of each lane its point, what is left of it to 1, and its weight.
  private int points;
  private int rows;
  private int lanes;
  private double[] known = new double[0];
  private double[] unknown = new double[0];
  private double[] weights = new double[0];

  // For each column the level of the last edge on the path that came of it; the root has none.
  private final int[] last;
  private Level[] levels = new Level[0];

  /** A node on the path, and the edge that leads to it. */
  private static final class Level {

    private int node;
    private int visited;
    private boolean hasSums;
    private double cover;
    // Of the edge: its column, the level of the edge of the same column before, and z.
    private int feature;
    private int before;
    private double share;

    // By lane: o, q, (o - z) / q, what of it is new, the product of all q, whether rows go left.
    private final double[] one;
    private final double[] factor;
    private final double[] term;
    private final double[] gain;
    private final double[] product;
    private final double[] goesLeft;
    // By number of a leaf and lane: the leaves below.
    private final double[] sums;

    Level(int lanes, int width) {
      one = new double[lanes];
      factor = new double[lanes];
      term = new double[lanes];
      gain = new double[lanes];
      product = new double[lanes];
      goesLeft = new double[lanes];
      sums = new double[lanes * width];
    }
  }

  /**
   * @param outputs of all trees together
   */
  TreeShap(CoverTrees trees, int outputs) {
    this.trees = trees;
    this.width = trees.width();
    this.outputs = outputs;
    this.last = new int[trees.features()];
  }

  /**
   * Makes room for trees whose paths look at so many different columns.
   *
   * @param rule of enough points: half as many as columns
   * @param rows that are explained at once
   * @param depth the steps of the longest path
   */
  void prepare(GaussLegendre rule, int rows, int depth) {
    if (points != rule.count() || this.rows != rows) {
      points = rule.count();
      this.rows = rows;
      lanes = points * rows;
      known = new double[lanes];
      unknown = new double[lanes];
      weights = new double[lanes];
      for (int lane = 0; lane < lanes; lane++) {
        known[lane] = rule.points()[lane / rows];
        unknown[lane] = 1 - known[lane];
        weights[lane] = rule.weights()[lane / rows];
      }
      levels = new Level[0];
    }
    int before = levels.length;
    if (before < depth) {
      levels = Arrays.copyOf(levels, depth);
      for (int level = before; level < depth; level++) {
        levels[level] = new Level(lanes, width);
      }
    }
  }

  /**
   * Adds what a tree credits each column with.
   *
   * @param values (slots, rows)
   * @param into (features, outputs, rows)
   */
  void add(int tree, double[] values, double[] into) {
    int output = trees.output(tree);
    Level root = levels[0];
    root.node = trees.root(tree);
    root.visited = 0;
    root.cover = trees.cover(tree);
    Arrays.fill(root.product, 1);
    int at = 0;
    while (true) {
      Level level = levels[at];
      if (trees.isLeaf(tree, level.node)) {
        leaf(tree, level);
      } else if (level.visited < 2) {
        if (level.visited == 0) {
          ask(tree, level, values);
        }
        at += descend(tree, at, level.visited++ == 0) ? 1 : 0;
        continue;
      }
      if (at == 0) {
        return;
      }
      credit(level, into, output);
      last[level.feature] = level.before;
      at--;
      giveUp(level, levels[at]);
    }
  }

  private void leaf(int tree, Level level) {
    double[] product = level.product;
    double[] sums = level.sums;
    double[] its = weights;
    for (int k = 0, to = 0; k < width; k++, to += lanes) {
      double value = trees.value(tree, level.node, k);
      for (int lane = 0; lane < lanes; lane++) {
        sums[to + lane] = value * product[lane] * its[lane];
      }
    }
  }

  private void ask(int tree, Level level, double[] values) {
    level.hasSums = false;
    double[] goesLeft = level.goesLeft;
    int from = trees.slot(tree, level.node) * rows;
    for (int row = 0; row < rows; row++) {
      goesLeft[row] = trees.goesLeft(tree, level.node, values[from + row]) ? 1 : 0;
    }
    for (int lane = rows; lane < lanes; lane++) {
      goesLeft[lane] = goesLeft[lane - rows];
    }
  }

  /** Goes on to a child, if anything of the training came there: else its leaves are zeros. */
  private boolean descend(int tree, int at, boolean left) {
    Level from = levels[at];
    Level to = levels[at + 1];
    double toLeft = trees.leftCover(tree, from.node, from.cover);
    to.node = left ? trees.left(tree, from.node) : trees.right(tree, from.node);
    to.visited = 0;
    to.cover = left ? toLeft : from.cover - toLeft;
    if (to.cover == 0) {
      return false;
    }
    to.feature = trees.feature(tree, from.node);
    to.before = last[to.feature];
    to.share = to.cover / from.cover;
    last[to.feature] = at + 1;
    // What a row is known to do here: 1 where it goes this way.
    double slope = left ? 1 : -1;
    double start = left ? 0 : 1;
    if (to.before == NONE) {
      first(from, to, start, slope);
    } else {
      Level before = levels[to.before];
      to.share *= before.share;
      again(from, to, before, start, slope);
    }
    return true;
  }

  private void first(Level from, Level to, double start, double slope) {
    double share = to.share;
    double[] goesLeft = from.goesLeft;
    double[] above = from.product;
    double[] one = to.one;
    double[] factor = to.factor;
    double[] term = to.term;
    double[] gain = to.gain;
    double[] product = to.product;
    double[] t = known;
    double[] rest = unknown;
    for (int lane = 0; lane < lanes; lane++) {
      double o = start + slope * goesLeft[lane];
      double q = share * rest[lane] + o * t[lane];
      double part = (o - share) / q;
      one[lane] = o;
      factor[lane] = q;
      term[lane] = part;
      gain[lane] = part;
      product[lane] = above[lane] * q;
    }
  }

  private void again(Level from, Level to, Level before, double start, double slope) {
    double share = to.share;
    double[] goesLeft = from.goesLeft;
    double[] above = from.product;
    double[] oneBefore = before.one;
    double[] factorBefore = before.factor;
    double[] termBefore = before.term;
    double[] one = to.one;
    double[] factor = to.factor;
    double[] term = to.term;
    double[] gain = to.gain;
    double[] product = to.product;
    double[] t = known;
    double[] rest = unknown;
    for (int lane = 0; lane < lanes; lane++) {
      double o = (start + slope * goesLeft[lane]) * oneBefore[lane];
      double q = share * rest[lane] + o * t[lane];
      double part = (o - share) / q;
      one[lane] = o;
      factor[lane] = q;
      term[lane] = part;
      gain[lane] = part - termBefore[lane];
      product[lane] = above[lane] / factorBefore[lane] * q;
    }
  }

  /** Credits the edge's column with the leaves below. */
  private void credit(Level level, double[] into, int output) {
    double[] gain = level.gain;
    double[] sums = level.sums;
    for (int k = 0; k < width; k++) {
      int to = (level.feature * outputs + output + k) * rows;
      int from = k * lanes;
      for (int lane = 0; lane < lanes; lane += rows) {
        for (int row = 0; row < rows; row++) {
          into[to + row] += sums[from + lane + row] * gain[lane + row];
        }
      }
    }
  }

  private static void giveUp(Level from, Level to) {
    double[] sums = from.sums;
    double[] above = to.sums;
    if (!to.hasSums) {
      System.arraycopy(sums, 0, above, 0, sums.length);
      to.hasSums = true;
      return;
    }
    for (int i = 0; i < sums.length; i++) {
      above[i] += sums[i];
    }
  }
}
