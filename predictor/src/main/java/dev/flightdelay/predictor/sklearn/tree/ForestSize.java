package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.List;

/** How much several trees have together, before they are read. */
public record ForestSize(int trees, int nodes) {

  private static final int MOST_NODES = 1 << 28;

  /**
   * @param estimators what has the trees; those that have none count nothing
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if they have more nodes than fit
   *     into an array
   */
  public static ForestSize of(Attributes forest, List<Attributes> estimators) {
    long nodes = 0;
    for (Attributes estimator : estimators) {
      if (estimator.value("tree_").orElse(null) instanceof PickledTree tree && tree.isBuilt()) {
        nodes += tree.nodes().size();
      }
    }
    if (nodes > MOST_NODES) {
      throw forest.invalid(
          Reason.UNSUPPORTED,
          "its trees have %d nodes, and no more than %d are read; fit fewer or shallower trees"
              .formatted(nodes, MOST_NODES));
    }
    return new ForestSize(estimators.size(), (int) nodes);
  }

  /** A tree in which every other node has two children has one leaf more than these. */
  int mostLeaves() {
    return (nodes + trees + 1) / 2;
  }
}
