package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.explain.CoverTrees;
import dev.flightdelay.predictor.explain.LeftCovers;
import java.util.Optional;

/**
 * Trees with how many rows went which way.
 *
 * @param outputs how many trees there are for one step, each for an output of its own
 * @param first which of a leaf's numbers are looked at, {@code width} of them
 */
public record CoveredTrees(Trees trees, LeftCovers covers, int outputs, int first, int width)
    implements CoverTrees {

  /**
   * @return empty where the file does not have all covers
   */
  public static Optional<CoveredTrees> of(Trees trees, int outputs, int first, int width) {
    return trees.covers().map(covers -> new CoveredTrees(trees, covers, outputs, first, width));
  }

  @Override
  public int count() {
    return trees.count();
  }

  @Override
  public int slots() {
    return trees.features();
  }

  @Override
  public int root(int tree) {
    return trees.root(tree);
  }

  @Override
  public boolean isLeaf(int tree, int node) {
    return trees.left(node) + 1 == node;
  }

  @Override
  public int left(int tree, int node) {
    return trees.left(node);
  }

  @Override
  public int right(int tree, int node) {
    return trees.left(node) + 1;
  }

  @Override
  public int slot(int tree, int node) {
    return trees.feature(node);
  }

  @Override
  public boolean goesLeft(int tree, int node, double value) {
    return trees.goesLeft(node, value);
  }

  @Override
  public double cover(int tree) {
    return covers.root(tree);
  }

  @Override
  public double leftCover(int tree, int node, double cover) {
    return covers.left(tree, Trees.coverPlace(tree, trees.left(node)), cover);
  }

  @Override
  public int output(int tree) {
    return tree % outputs * width;
  }

  @Override
  public double value(int tree, int leaf, int k) {
    return trees.value(leaf, first + k);
  }
}
