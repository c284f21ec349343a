package dev.flightdelay.predictor.explain;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.HashMap;
import java.util.Map;

/** Explains the sums of trees: a start, and for each output what the trees add times a factor. */
public final class TreeExplainer implements Explainer {

  /** Lanes of a block of rows: enough for vectors, and little enough for the nearest cache. */
  private static final int LANES = 64;

  private static final int MAX_ROWS = 16;

  /** Numbers that the levels of a walk may need: 64 MiB. */
  private static final long MAX_NUMBERS = 1 << 23;

  /** Arrays of a level, beside the sums. */
  private static final int ARRAYS = 6;

  /** Writes rows as the trees see them. */
  @FunctionalInterface
  public interface Loader {

    /**
     * Writes the rows {@code from} to {@code from + count}.
     *
     * @param into (count, slots of the trees), row-major
     */
    void load(Rows rows, int from, int count, double[] into);
  }

  private final Space space;
  private final CoverTrees trees;
  private final double[] start;
  private final double factor;
  private final int[][] sources;
  private final int columns;
  private final Loader loader;
  private volatile TreePaths paths;

  /**
   * @param start what each output is before the first tree
   * @param factor of what all trees add together
   * @param sources for each feature of the trees the columns of a row that it is made of, which
   *     share its part alike
   * @param columns of a row
   */
  private TreeExplainer(
      Space space,
      CoverTrees trees,
      double[] start,
      double factor,
      int[][] sources,
      int columns,
      Loader loader) {
    this.space = requireNonNull(space);
    this.trees = requireNonNull(trees);
    this.start = start.clone();
    this.factor = factor;
    this.sources = sources;
    this.columns = columns;
    this.loader = requireNonNull(loader);
  }

  /** Of trees that look at a row's own columns. */
  public static TreeExplainer of(
      Space space, CoverTrees trees, double[] start, double factor, int columns, Loader loader) {
    int[][] sources = new int[columns][];
    for (int column = 0; column < columns; column++) {
      sources[column] = new int[] {column};
    }
    return of(space, trees, start, factor, sources, columns, loader);
  }

  /** Of trees whose columns are made of a row's: see the constructor. */
  public static TreeExplainer of(
      Space space,
      CoverTrees trees,
      double[] start,
      double factor,
      int[][] sources,
      int columns,
      Loader loader) {
    return new TreeExplainer(space, trees, start, factor, sources, columns, loader);
  }

  /** Why there is none for an estimator whose file does not say how many rows went which way. */
  public static Explanations withoutCovers(String estimator) {
    return new Explanations.None(
        "the file of this %s does not say of all nodes how much of the training data came there, so that it has no exact explanation"
            .formatted(estimator));
  }

  @Override
  public Space space() {
    return space;
  }

  @Override
  public int outputs() {
    return start.length;
  }

  @Override
  public double[] base() {
    double[] base = paths().base().clone();
    for (int output = 0; output < base.length; output++) {
      base[output] = start[output] + factor * base[output];
    }
    return base;
  }

  /** Found once, when the first row is explained: not everyone asks. */
  private TreePaths paths() {
    TreePaths found = paths;
    if (found == null) {
      found = TreePaths.of(trees, start.length);
      paths = found;
    }
    return found;
  }

  @Override
  public void explain(Rows rows, int from, int to, double[] into) {
    TreePaths its = paths();
    int most = 1;
    int levels = 1;
    for (int tree = 0; tree < trees.count(); tree++) {
      most = Math.max(most, points(its, tree));
      levels = Math.max(levels, its.levels()[tree]);
    }
    int atOnce = Math.clamp(Math.min(LANES / most, to - from), 1, MAX_ROWS);
    if ((long) levels * most * (ARRAYS + trees.width()) > MAX_NUMBERS) {
      throw new UnusableRowsException(
          "the model's trees have paths of %,d steps that look at %,d columns, too many for an explanation"
              .formatted(levels, 2 * most));
    }
    Block block = new Block(its, into);
    for (int first = from; first < to; first += atOnce) {
      block.explain(rows, first, Math.min(atOnce, to - first), first - from);
    }
  }

  /** Two columns need a point, as the polynomial has a degree of one less than columns. */
  private static int points(TreePaths paths, int tree) {
    return Math.max(1, (paths.columns()[tree] + 1) / 2);
  }

  /** A few rows on their way. */
  private final class Block {

    private final TreePaths its;
    private final double[] into;
    // A room for each number of points, as trees of different depths follow each other.
    private final Map<Integer, TreeShap> walks = new HashMap<>();
    private final Map<Integer, GaussLegendre> rules = new HashMap<>();

    Block(TreePaths its, double[] into) {
      this.its = its;
      this.into = into;
    }

    void explain(Rows rows, int first, int count, int row) {
      double[] given = new double[count * trees.slots()];
      loader.load(rows, first, count, given);
      double[] values = transposed(given, count);
      double[] parts = new double[sources.length * outputs() * count];
      for (int tree = 0; tree < trees.count(); tree++) {
        // A leaf alone is part of the base.
        if (its.levels()[tree] < 2) {
          continue;
        }
        int points = points(its, tree);
        TreeShap walk = walks.computeIfAbsent(points, _ -> new TreeShap(trees, outputs()));
        walk.prepare(rules.computeIfAbsent(points, GaussLegendre::of), count, its.levels()[tree]);
        walk.add(tree, values, parts);
      }
      give(parts, count, row);
    }

    private double[] transposed(double[] given, int count) {
      int width = trees.slots();
      double[] values = new double[given.length];
      for (int row = 0; row < count; row++) {
        for (int column = 0; column < width; column++) {
          values[column * count + row] = given[row * width + column];
        }
      }
      return values;
    }

    private void give(double[] parts, int count, int row) {
      int outputs = outputs();
      for (int column = 0; column < sources.length; column++) {
        int[] shared = sources[column];
        double share = factor / shared.length;
        for (int output = 0; output < outputs; output++) {
          int at = (column * outputs + output) * count;
          for (int i = 0; i < count; i++) {
            for (int source : shared) {
              into[((row + i) * columns + source) * outputs + output] += share * parts[at + i];
            }
          }
        }
      }
    }
  }
}
