package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads XGBoost's binary form, the only one before 1.0: C structures in little-endian order, as
 * {@code LearnerModelParam}, {@code GBTreeModelParam}, {@code TreeParam} and {@code RegTree::Node}
 * lay them out.
 */
final class LegacyBinary {

  private static final int LEARNER_RESERVED = 27 * 4;
  private static final int TREES_RESERVED = 32 * 4;
  private static final int TREE_RESERVED = 31 * 4;
  private static final int LINEAR_PARAMETERS = (2 + 32) * 4;
  private static final int NODE = 20;
  private static final int NODE_STATISTICS = 16;
  private static final int TREE = 6 * 4 + TREE_RESERVED;
  private static final int DEFAULT_LEFT = 1 << 31;

  private final ByteBuffer in;

  private LegacyBinary(byte[] bytes, int offset, int length) {
    this.in = ByteBuffer.wrap(bytes, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  static LearnerState read(byte[] bytes, int offset, int length) {
    return new LegacyBinary(bytes, offset, length).learner();
  }

  private LearnerState learner() {
    float baseScore = need(4).getFloat();
    int features = need(4).getInt();
    int classes = need(4).getInt();
    boolean hasAttributes = need(4).getInt() != 0;
    need(4).getInt(); // contain_eval_metrics
    int major = need(4).getInt();
    int minor = need(4).getInt();
    skip(LEARNER_RESERVED);
    Objective objective = LearnerDocument.objective(text());
    int groups = LearnerDocument.groups(classes, 1);
    String booster = text();
    LearnerState.Gradient gradient =
        switch (booster) {
          case "gbtree" -> trees(false);
          case "dart" -> trees(true);
          case "gblinear" -> linear();
          default -> throw malformed("names a booster that is none of gbtree, dart and gblinear");
        };
    return new LearnerState(
        major >= 1 ? Optional.of(major + "." + minor) : Optional.empty(),
        objective,
        new float[] {baseScore},
        major < 1,
        features,
        groups,
        List.of(),
        Set.of(),
        null,
        hasAttributes ? attributes() : Map.of(),
        gradient);
  }

  private LearnerState.Trees trees(boolean dart) {
    int count = need(4).getInt();
    need(4).getInt(); // num_roots
    need(4).getInt(); // num_feature
    need(4).getInt(); // padding
    need(8).getLong(); // num_pbuffer
    need(4).getInt(); // num_output_group
    need(4).getInt(); // size_leaf_vector
    skip(TREES_RESERVED);
    if (count < 0 || count > in.remaining() / (TREE + NODE + NODE_STATISTICS)) {
      throw tooLong(count, "trees");
    }
    List<RegressionTree> trees = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      trees.add(tree());
    }
    int[] treeGroups = new int[count];
    for (int i = 0; i < count; i++) {
      treeGroups[i] = need(4).getInt();
    }
    float[] weights = dart ? (count == 0 ? new float[0] : floats()) : null;
    return new LearnerState.Trees(trees, treeGroups, weights, null);
  }

  private RegressionTree tree() {
    need(4).getInt(); // num_roots
    int nodes = need(4).getInt();
    need(4).getInt(); // num_deleted
    need(4).getInt(); // max_depth
    need(4).getInt(); // num_feature
    int leafVector = need(4).getInt();
    skip(TREE_RESERVED);
    // Since 2.0 the size of a leaf's own number is written, before that nothing was.
    if (leafVector != 0 && leafVector != 1) {
      throw malformed("has a tree with vectors as leaves");
    }
    if (nodes < 0 || nodes > in.remaining() / (NODE + NODE_STATISTICS)) {
      throw tooLong(nodes, "nodes");
    }
    int[] left = new int[nodes];
    int[] right = new int[nodes];
    int[] feature = new int[nodes];
    float[] condition = new float[nodes];
    boolean[] defaultLeft = new boolean[nodes];
    for (int i = 0; i < nodes; i++) {
      in.getInt(); // parent
      left[i] = in.getInt();
      right[i] = in.getInt();
      int index = in.getInt();
      feature[i] = index & ~DEFAULT_LEFT;
      defaultLeft[i] = (index & DEFAULT_LEFT) != 0;
      condition[i] = in.getFloat();
    }
    float[] hessians = new float[nodes];
    for (int i = 0; i < nodes; i++) {
      need(NODE_STATISTICS).getFloat(); // loss_chg
      hessians[i] = in.getFloat();
      in.getFloat(); // base_weight
      in.getInt(); // leaf_child_cnt
    }
    return new RegressionTree(left, right, feature, condition, defaultLeft, null, null, hessians);
  }

  private LearnerState.Linear linear() {
    skip(LINEAR_PARAMETERS);
    return new LearnerState.Linear(floats());
  }

  private Map<String, String> attributes() {
    long count = need(8).getLong();
    if (count < 0 || count > in.remaining() / 16) {
      throw tooLong(count, "attributes");
    }
    Map<String, String> attributes = new HashMap<>();
    for (long i = 0; i < count; i++) {
      String name = text();
      attributes.put(name, text());
    }
    return attributes;
  }

  private float[] floats() {
    long count = need(8).getLong();
    if (count < 0 || count > in.remaining() / 4) {
      throw tooLong(count, "numbers");
    }
    float[] numbers = new float[(int) count];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.getFloat();
    }
    return numbers;
  }

  private String text() {
    long length = need(8).getLong();
    if (length < 0 || length > in.remaining()) {
      throw tooLong(length, "letters");
    }
    byte[] utf8 = new byte[(int) length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private void skip(int size) {
    need(size);
    in.position(in.position() + size);
  }

  private ByteBuffer need(int size) {
    if (in.remaining() < size) {
      throw malformed("ends too early");
    }
    return in;
  }

  private ModelRefusedException malformed(String what) {
    return new ModelRefusedException(
        Reason.MALFORMED,
        "the booster's binary form %s, at its byte %d; save the model again"
            .formatted(what, in.position()));
  }

  private ModelRefusedException tooLong(long count, String what) {
    return new ModelRefusedException(
        Reason.LENGTH_EXCEEDED,
        "the booster's binary form declares %d %s at its byte %d, where %d bytes are left"
            .formatted(count, what, in.position(), in.remaining()));
  }
}
