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
 * taken back for the leaves below. An edge to a leaf, every second one, is credited at once: there
 * {@code q_i} goes out of the formula, and nothing is divided.
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

  // Of an edge to a leaf, by lane: what of the leaf's value comes through, and what the edge earns.
  private double[] reached = new double[0];
  private double[] earned = new double[0];

  // For each column the level of the last edge on the path that came of it; the root has none.
  private final int[] last;
  private Level[] levels = new Level[0];

  /** A node on the path that is no leaf, and the edge that leads to it. */
  private static final class Level {

    private int node;
    private int visited;
    private double cover;
    // Of the edge: its column, the level of the edge of the same column before, and z.
    private int feature;
    private int before;
    private double share;

    // By lane: o, 1 / q, (o - z) / q, what of it is new, the weight and all q multiplied, whether
    // rows go left.
    private final double[] one;
    private final double[] inverse;
    private final double[] term;
    private final double[] gain;
    private final double[] product;
    private final double[] goesLeft;
    // By number of a leaf and lane: the leaves below.
    private final double[] sums;

    Level(int lanes, int width) {
      one = new double[lanes];
      inverse = new double[lanes];
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
      reached = new double[lanes];
      earned = new double[lanes];
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
   * @param tree one whose root is no leaf
   * @param values (slots, rows)
   * @param into (features, outputs, rows)
   */
  void add(int tree, double[] values, double[] into) {
    int output = trees.output(tree);
    Level root = levels[0];
    root.node = trees.root(tree);
    root.cover = trees.cover(tree);
    System.arraycopy(weights, 0, root.product, 0, lanes);
    ask(tree, root, values);
    int at = 0;
    while (true) {
      Level level = levels[at];
      if (level.visited < 2) {
        at += descend(tree, at, level.visited++ == 0, values, into) ? 1 : 0;
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

  private void ask(int tree, Level level, double[] values) {
    level.visited = 0;
    Arrays.fill(level.sums, 0);
    double[] goesLeft = level.goesLeft;
    int from = trees.slot(tree, level.node) * rows;
    for (int row = 0; row < rows; row++) {
      goesLeft[row] = trees.goesLeft(tree, level.node, values[from + row]) ? 1 : 0;
    }
    for (int lane = rows; lane < lanes; lane++) {
      goesLeft[lane] = goesLeft[lane - rows];
    }
  }

  /**
   * Goes on to a child, if anything of the training came there: else its leaves are zeros. A leaf
   * is done at once.
   *
   * @return whether the child is the node that is looked at next
   */
  private boolean descend(int tree, int at, boolean left, double[] values, double[] into) {
    Level from = levels[at];
    double toLeft = trees.leftCover(tree, from.node, from.cover);
    double cover = left ? toLeft : from.cover - toLeft;
    if (cover == 0) {
      return false;
    }
    int node = left ? trees.left(tree, from.node) : trees.right(tree, from.node);
    int feature = trees.feature(tree, from.node);
    int before = last[feature];
    double share = cover / from.cover;
    if (before != NONE) {
      share *= levels[before].share;
    }
    // What a row is known to do here: 1 where it goes this way.
    double slope = left ? 1 : -1;
    double start = left ? 0 : 1;
    if (trees.isLeaf(tree, node)) {
      if (before == NONE) {
        firstToLeaf(from, share, start, slope);
      } else {
        againToLeaf(from, levels[before], share, start, slope);
      }
      leaf(tree, node, from, feature, into);
      return false;
    }
    Level to = levels[at + 1];
    to.node = node;
    to.cover = cover;
    to.feature = feature;
    to.before = before;
    to.share = share;
    last[feature] = at + 1;
    if (before == NONE) {
      first(from, to, start, slope);
    } else {
      again(from, to, levels[before], start, slope);
    }
    ask(tree, to, values);
    return true;
  }

  private void first(Level from, Level to, double start, double slope) {
    double share = to.share;
    double[] goesLeft = from.goesLeft;
    double[] above = from.product;
    double[] one = to.one;
    double[] inverse = to.inverse;
    double[] term = to.term;
    double[] gain = to.gain;
    double[] product = to.product;
    double[] t = known;
    double[] rest = unknown;
    for (int lane = 0; lane < lanes; lane++) {
      double o = start + slope * goesLeft[lane];
      double q = share * rest[lane] + o * t[lane];
      double its = 1 / q;
      double part = (o - share) * its;
      one[lane] = o;
      inverse[lane] = its;
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
    double[] inverseBefore = before.inverse;
    double[] termBefore = before.term;
    double[] one = to.one;
    double[] inverse = to.inverse;
    double[] term = to.term;
    double[] gain = to.gain;
    double[] product = to.product;
    double[] t = known;
    double[] rest = unknown;
    for (int lane = 0; lane < lanes; lane++) {
      double o = (start + slope * goesLeft[lane]) * oneBefore[lane];
      double q = share * rest[lane] + o * t[lane];
      double its = 1 / q;
      double part = (o - share) * its;
      one[lane] = o;
      inverse[lane] = its;
      term[lane] = part;
      gain[lane] = part - termBefore[lane];
      product[lane] = above[lane] * inverseBefore[lane] * q;
    }
  }

  private void firstToLeaf(Level from, double share, double start, double slope) {
    double[] goesLeft = from.goesLeft;
    double[] above = from.product;
    double[] t = known;
    double[] rest = unknown;
    double[] through = reached;
    double[] its = earned;
    for (int lane = 0; lane < lanes; lane++) {
      double o = start + slope * goesLeft[lane];
      through[lane] = above[lane] * (share * rest[lane] + o * t[lane]);
      its[lane] = above[lane] * (o - share);
    }
  }

  private void againToLeaf(Level from, Level before, double share, double start, double slope) {
    double[] goesLeft = from.goesLeft;
    double[] above = from.product;
    double[] oneBefore = before.one;
    double[] inverseBefore = before.inverse;
    double[] termBefore = before.term;
    double[] t = known;
    double[] rest = unknown;
    double[] through = reached;
    double[] its = earned;
    for (int lane = 0; lane < lanes; lane++) {
      double o = (start + slope * goesLeft[lane]) * oneBefore[lane];
      double q = share * rest[lane] + o * t[lane];
      double others = above[lane] * inverseBefore[lane];
      through[lane] = others * q;
      its[lane] = others * (o - share - q * termBefore[lane]);
    }
  }

  /** Credits the edge's column with a leaf, and gives it to the node above. */
  private void leaf(int tree, int node, Level from, int feature, double[] into) {
    int output = trees.output(tree);
    double[] through = reached;
    double[] its = earned;
    double[] sums = from.sums;
    for (int k = 0; k < width; k++) {
      double value = trees.value(tree, node, k);
      int at = k * lanes;
      for (int lane = 0; lane < lanes; lane++) {
        sums[at + lane] += value * through[lane];
      }
      int to = (feature * outputs + output + k) * rows;
      if (rows == 1) {
        double sum = 0;
        for (int lane = 0; lane < lanes; lane++) {
          sum += its[lane];
        }
        into[to] += value * sum;
        continue;
      }
      for (int lane = 0; lane < lanes; lane += rows) {
        for (int row = 0; row < rows; row++) {
          into[to + row] += value * its[lane + row];
        }
      }
    }
  }

  /** Credits the edge's column with the leaves below. */
  private void credit(Level level, double[] into, int output) {
    double[] gain = level.gain;
    double[] sums = level.sums;
    for (int k = 0; k < width; k++) {
      int to = (level.feature * outputs + output + k) * rows;
      int from = k * lanes;
      if (rows == 1) {
        double sum = 0;
        for (int lane = 0; lane < lanes; lane++) {
          sum += sums[from + lane] * gain[lane];
        }
        into[to] += sum;
        continue;
      }
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
    for (int i = 0; i < sums.length; i++) {
      above[i] += sums[i];
    }
  }
}
