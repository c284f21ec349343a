package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.estimator.Attributes;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * About how much room several trees need, before they are read and checked: never more than their
 * part of the file, whatever that says. What is more, or of another layout than scikit-learn's, has
 * to grow.
 *
 * @param nodes of all trees
 * @param leafValues the numbers of all leaves, of which a tree has one more than inner nodes
 */
public record ForestSize(int nodes, int leafValues) {

  /** Of a node until scikit-learn 1.2; newer ones have 8 more. */
  private static final int NODE_BYTES = 56;

  /**
   * @param estimators what has the trees; those that have none count nothing
   */
  public static ForestSize of(List<Attributes> estimators) {
    Set<PickledTree> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    long nodes = 0;
    long leafValues = 0;
    for (Attributes estimator : estimators) {
      if (estimator.value("tree_").orElse(null) instanceof PickledTree tree
          && tree.isBuilt()
          && tree.nodes().dtype().itemSize() >= NODE_BYTES
          && tree.values().dtype().itemSize() == Double.BYTES
          && seen.add(tree)) {
        int width = tree.values().size() / Math.max(1, tree.nodes().size());
        nodes += tree.nodes().size();
        leafValues += (tree.nodes().size() + 1L) / 2 * width;
      }
    }
    // A file has at most 1 GiB, so that neither comes near.
    return new ForestSize(Math.toIntExact(nodes), Math.toIntExact(leafValues));
  }
}
