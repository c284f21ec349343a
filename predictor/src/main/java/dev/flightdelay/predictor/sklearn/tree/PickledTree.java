package dev.flightdelay.predictor.sklearn.tree;

import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pickle.Buildable;
import java.util.Map;

/**
 * A {@code sklearn.tree._tree.Tree} as a pickle makes it: {@code Tree(n_features, n_classes,
 * n_outputs)}, then its state {@code {max_depth, node_count, nodes, values}} by BUILD.
 */
final class PickledTree implements Buildable {

  private final int features;
  private final NdArray classes;
  private final int outputs;
  private NdArray nodes;
  private NdArray values;

  private PickledTree(int features, NdArray classes, int outputs) {
    this.features = features;
    this.classes = classes;
    this.outputs = outputs;
  }

  /**
   * @throws IllegalArgumentException if the arguments are not those of a tree
   */
  static PickledTree of(Object[] arguments) {
    if (arguments.length != 3 || !(arguments[1] instanceof NdArray classes)) {
      throw new IllegalArgumentException("a tree is made of n_features, n_classes and n_outputs");
    }
    return new PickledTree(positive(arguments[0]), classes, positive(arguments[2]));
  }

  private static int positive(Object argument) {
    if (NumpyScalar.unwrap(argument) instanceof Long number
        && number >= 1
        && number <= Integer.MAX_VALUE) {
      return number.intValue();
    }
    throw new IllegalArgumentException("a tree has at least one feature and one output");
  }

  @Override
  public void build(Object state) {
    if (nodes != null) {
      throw new IllegalArgumentException("a tree is given a state twice");
    }
    if (!(state instanceof Map<?, ?> parts)
        || !(parts.get("nodes") instanceof NdArray itsNodes)
        || !(parts.get("values") instanceof NdArray itsValues)
        || !(NumpyScalar.unwrap(parts.get("node_count")) instanceof Long count)
        || !itsNodes.isBuilt()
        || !itsValues.isBuilt()) {
      throw new IllegalArgumentException(
          "the state of a tree has max_depth, node_count, nodes and values");
    }
    if (itsNodes.dimensions() != 1 || itsNodes.size() != count) {
      throw new IllegalArgumentException(
          "a tree of %d nodes has as many in its array".formatted(count));
    }
    nodes = itsNodes;
    values = itsValues;
  }

  boolean isBuilt() {
    return nodes != null && classes.isBuilt();
  }

  int features() {
    return features;
  }

  int outputs() {
    return outputs;
  }

  /** The number of classes of each output; 1 for a regressor's. */
  NdArray classes() {
    return classes;
  }

  /** The nodes, of a structured dtype. */
  NdArray nodes() {
    return nodes;
  }

  /** Of shape (nodes, outputs, most classes). */
  NdArray values() {
    return values;
  }
}
