package dev.flightdelay.predictor.explain;

import java.util.Arrays;

/**
 * What must be known of all trees before a row is explained, found in one walk.
 *
 * @param columns for each tree the most different columns that a path to a leaf looks at
 * @param levels for each tree the steps of its longest path, the leaf's among them; 0 where nothing
 *     came to the tree, so that its leaves are zeros
 * @param base what the leaves add on average, by cover: for each output
 */
record TreePaths(int[] columns, int[] levels, double[] base) {

  static TreePaths of(CoverTrees trees, int outputs) {
    int[] columns = new int[trees.count()];
    int[] levels = new int[trees.count()];
    double[] base = new double[outputs];
    Walk walk = new Walk(trees, base);
    for (int tree = 0; tree < columns.length; tree++) {
      if (trees.cover(tree) == 0) {
        continue;
      }
      walk.tree(tree);
      columns[tree] = walk.mostColumns;
      levels[tree] = walk.mostLevels;
    }
    return new TreePaths(columns, levels, base);
  }

  /** Goes through a tree, left before right. */
  private static final class Walk {

    private final CoverTrees trees;
    private final double[] base;
    // How often the path to the present node looks at each column.
    private final int[] looks;
    private int[] path = new int[32];
    private boolean[] isRight = new boolean[32];
    private double[] covers = new double[32];
    private int mostColumns;
    private int mostLevels;

    Walk(CoverTrees trees, double[] base) {
      this.trees = trees;
      this.base = base;
      this.looks = new int[trees.features()];
    }

    void tree(int tree) {
      mostColumns = 0;
      mostLevels = 0;
      double all = trees.cover(tree);
      int depth = 0;
      int different = 0;
      path[0] = trees.root(tree);
      covers[0] = all;
      while (true) {
        int node = path[depth];
        if (!trees.isLeaf(tree, node)) {
          different += looks[trees.feature(tree, node)]++ == 0 ? 1 : 0;
          makeRoom(depth + 2);
          isRight[depth] = false;
          covers[depth + 1] = trees.leftCover(tree, node, covers[depth]);
          path[++depth] = trees.left(tree, node);
          continue;
        }
        mostColumns = Math.max(mostColumns, different);
        mostLevels = Math.max(mostLevels, depth + 1);
        for (int k = 0; k < trees.width(); k++) {
          base[trees.output(tree) + k] += trees.value(tree, node, k) * (covers[depth] / all);
        }
        do {
          if (--depth >= 0 && isRight[depth]) {
            different -= --looks[trees.feature(tree, path[depth])] == 0 ? 1 : 0;
          }
        } while (depth >= 0 && isRight[depth]);
        if (depth < 0) {
          return;
        }
        isRight[depth] = true;
        covers[depth + 1] = covers[depth] - trees.leftCover(tree, path[depth], covers[depth]);
        path[depth + 1] = trees.right(tree, path[depth]);
        depth++;
      }
    }

    private void makeRoom(int size) {
      if (size > path.length) {
        path = Arrays.copyOf(path, 2 * size);
        isRight = Arrays.copyOf(isRight, 2 * size);
        covers = Arrays.copyOf(covers, 2 * size);
      }
    }
  }
}
