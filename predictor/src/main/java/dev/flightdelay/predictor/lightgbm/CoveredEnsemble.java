package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.explain.CoverTrees;
import dev.flightdelay.predictor.explain.LeftCovers;

/** A model's trees with how many rows went which way. Leaves have numbers below 0. */
record CoveredEnsemble(Ensemble trees, LeftCovers covers) implements CoverTrees {

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
    return node < 0;
  }

  @Override
  public int left(int tree, int node) {
    return trees.left(node);
  }

  @Override
  public int right(int tree, int node) {
    return trees.right(node);
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
    return covers.left(tree, node >> 2, cover);
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public int output(int tree) {
    return tree % trees.width();
  }

  @Override
  public double value(int tree, int leaf, int k) {
    return trees.value(leaf);
  }
}
