package dev.flightdelay.predictor.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small trees with random splits, covers and leaves, whose columns come again and again. */
final class RandomTrees implements CoverTrees {

  /** A node; a leaf where {@code left} is -1. */
  private record Node(
      int left, int right, int slot, double threshold, double leftCover, double[] values) {}

  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> roots = new ArrayList<>();
  private final List<Integer> covers = new ArrayList<>();
  private final int slots;
  private final int width;

  RandomTrees(Random random, int trees, int slots, int width, int depth) {
    this.slots = slots;
    this.width = width;
    for (int tree = 0; tree < trees; tree++) {
      int cover = 200 + random.nextInt(2000);
      covers.add(cover);
      roots.add(grow(random, cover, depth));
    }
  }

  private int grow(Random random, int cover, int depth) {
    if (depth == 0 || cover < 2 || random.nextInt(6) == 0) {
      double[] values = random.doubles(width, -3, 3).toArray();
      nodes.add(new Node(-1, -1, 0, 0, 0, values));
      return nodes.size() - 1;
    }
    int toLeft = 1 + random.nextInt(cover - 1);
    int left = grow(random, toLeft, depth - 1);
    int right = grow(random, cover - toLeft, depth - 1);
    nodes.add(new Node(left, right, random.nextInt(slots), random.nextGaussian(), toLeft, null));
    return nodes.size() - 1;
  }

  @Override
  public int count() {
    return roots.size();
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public int root(int tree) {
    return roots.get(tree);
  }

  @Override
  public boolean isLeaf(int tree, int node) {
    return nodes.get(node).left() < 0;
  }

  @Override
  public int left(int tree, int node) {
    return nodes.get(node).left();
  }

  @Override
  public int right(int tree, int node) {
    return nodes.get(node).right();
  }

  @Override
  public int slot(int tree, int node) {
    return nodes.get(node).slot();
  }

  @Override
  public boolean goesLeft(int tree, int node, double value) {
    return value <= nodes.get(node).threshold();
  }

  @Override
  public double cover(int tree) {
    return covers.get(tree);
  }

  @Override
  public double leftCover(int tree, int node, double cover) {
    return nodes.get(node).leftCover();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int output(int tree) {
    return 0;
  }

  @Override
  public double value(int tree, int leaf, int k) {
    return nodes.get(leaf).values()[k];
  }
}
