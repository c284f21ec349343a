package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.explain.CoverTrees;
import dev.flightdelay.predictor.explain.LeftCovers;

/** The trees of a booster with how much of the training data went which way, by its hessians. */
record CoveredEnsemble(TreeEnsemble trees, LeftCovers covers) implements CoverTrees {

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
    return trees.isLeaf(node);
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
    return trees.goesLeft(node, (float) value);
  }

  @Override
  public double cover(int tree) {
    return covers.root(tree);
  }

  @Override
  public double leftCover(int tree, int node, double cover) {
    return covers.left(tree, TreeEnsemble.coverPlace(tree, trees.left(node)), cover);
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public int output(int tree) {
    return trees.group(tree);
  }

  @Override
  public double value(int tree, int leaf, int k) {
    return trees.value(tree, leaf);
  }
}
