package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads a learner out of XGBoost's document, whether that was JSON (1.0 and later) or UBJSON (since
 * 2.1).
 *
 * @see <a href="https://github.com/dmlc/xgboost/blob/master/doc/model.schema">model.schema</a>
 */
final class LearnerDocument {

  private LearnerDocument() {}

  /**
   * @param document a serialisation snapshot with Model and Config, or a model alone
   */
  static LearnerState read(Map<String, Object> document) {
    Node root = new Node("booster", document);
    Node model = root.optionalObject("Model").orElse(root);
    Node learner = model.object("learner");
    Node parameters = learner.object("learner_model_param");
    Objective objective = objective(learner.object("objective").text("name"));
    int groups =
        groups(
            parameters.parameter("num_class"),
            parameters.optionalParameter("num_target").orElse(1));
    Node booster = learner.object("gradient_booster");
    String name = booster.text("name");
    LearnerState.Gradient gradient =
        switch (name) {
          case "gbtree" -> trees(root, booster.object("model"), groups, null);
          case "dart" ->
              trees(
                  root,
                  booster.object("gbtree").object("model"),
                  groups,
                  booster.floats("weight_drop"));
          case "gblinear" -> new LearnerState.Linear(booster.object("model").floats("weights"));
          default ->
              throw unsupported(
                  "the booster " + printable(name) + " is none of gbtree, dart and gblinear");
        };
    return new LearnerState(
        version(model),
        objective,
        baseScores(parameters.text("base_score")),
        false,
        parameters.parameter("num_feature"),
        groups,
        learner.texts("feature_names"),
        codes(learner),
        categories(booster, parameters.parameter("num_feature")),
        attributes(learner),
        gradient);
  }

  /** Whether leaves are vectors that are kept as the weights of nodes, as they are until 3.0. */
  static boolean needsNodeWeights(Map<String, Object> document) {
    Node root = new Node("booster", document);
    return root.optionalObject("Model")
        .orElse(root)
        .optionalObject("learner")
        .flatMap(learner -> learner.optionalObject("gradient_booster"))
        .flatMap(booster -> booster.optionalObject("model"))
        .filter(model -> model.has("trees"))
        .map(model -> model.objects("trees"))
        .filter(trees -> !trees.isEmpty())
        .map(List::getFirst)
        .filter(tree -> hasVectors(tree) && !tree.has("leaf_weights"))
        .isPresent();
  }

  private static Set<Integer> codes(Node learner) {
    List<String> types = learner.texts("feature_types");
    return IntStream.range(0, types.size())
        .filter(column -> types.get(column).equals("c"))
        .boxed()
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Since 3.1 a model of trees keeps the categories of a data frame. */
  private static FrameCategories categories(Node booster, int features) {
    return booster
        .optionalObject("gbtree")
        .orElse(booster)
        .optionalObject("model")
        .flatMap(model -> model.optionalObject("cats"))
        .map(cats -> FrameCategories.read(cats, features))
        .orElse(null);
  }

  static Objective objective(String name) {
    return Objective.of(name)
        .orElseThrow(
            () -> unsupported("the objective " + printable(name) + " is not one that is known"));
  }

  /** Margins of a row: for classes, or for targets; 0 and 1 of either mean that it has none. */
  static int groups(int classes, int targets) {
    if (classes < 0 || targets < 0 || classes > 1 && targets > 1) {
      throw new ModelRefusedException(
          Reason.MODEL_INVALID,
          "the booster has %d classes and %d targets".formatted(classes, targets));
    }
    return Math.max(1, Math.max(classes, targets));
  }

  private static Optional<String> version(Node model) {
    if (!model.has("version")) {
      return Optional.empty();
    }
    int[] numbers = model.ints("version");
    return numbers.length == 3
        ? Optional.of("%d.%d.%d".formatted(numbers[0], numbers[1], numbers[2]))
        : Optional.empty();
  }

  /** Written as {@code 5E-1}, and since 3.1 as {@code [5E-1]} or with a number for each group. */
  private static float[] baseScores(String text) {
    String numbers =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    String[] pieces = numbers.split(",", -1);
    float[] scores = new float[pieces.length];
    for (int i = 0; i < scores.length; i++) {
      if (!pieces[i].matches("-?[0-9]{1,20}(\\.[0-9]{0,20})?([eE][+-]?[0-9]{1,3})?")) {
        throw new ModelRefusedException(
            Reason.MODEL_INVALID, "the booster's base_score is not a finite number");
      }
      scores[i] = Float.parseFloat(pieces[i]);
    }
    return scores;
  }

  private static Map<String, String> attributes(Node learner) {
    Map<String, String> attributes = new HashMap<>();
    learner
        .optionalObject("attributes")
        .ifPresent(
            node ->
                node.members()
                    .forEach(
                        (name, value) -> {
                          if (value instanceof String text) {
                            attributes.put(name, text);
                          }
                        }));
    return attributes;
  }

  private static LearnerState.Trees trees(Node root, Node model, int groups, float[] weights) {
    List<RegressionTree> trees = new ArrayList<>();
    for (Node tree : model.objects("trees")) {
      trees.add(tree(tree));
    }
    int[] treeGroups = model.ints("tree_info");
    return new LearnerState.Trees(
        trees, treeGroups, weights, iterationEnds(root, model, trees.size(), groups));
  }

  /** Since 2.0 the file says where iterations end; before, they all have the same trees. */
  private static int[] iterationEnds(Node root, Node model, int trees, int groups) {
    if (model.has("iteration_indptr")) {
      int[] starts = model.ints("iteration_indptr");
      if (starts.length == 0 || starts[0] != 0 || starts[starts.length - 1] != trees) {
        throw new ModelRefusedException(
            Reason.MODEL_INVALID, "the booster's iteration_indptr does not end at its last tree");
      }
      for (int i = 1; i < starts.length; i++) {
        if (starts[i] < starts[i - 1]) {
          throw new ModelRefusedException(
              Reason.MODEL_INVALID, "the booster's iteration_indptr goes backwards");
        }
      }
      return Arrays.copyOfRange(starts, 1, starts.length);
    }
    int parallel =
        model
            .object("gbtree_model_param")
            .optionalParameter("num_parallel_tree")
            .orElseGet(() -> configuredParallelTrees(root));
    long perIteration = (long) groups * Math.max(1, parallel);
    int[] ends = new int[(int) ((trees + perIteration - 1) / perIteration)];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = (int) Math.min(trees, (i + 1) * perIteration);
    }
    return ends;
  }

  /** Until 1.4 the number stands among the parameters of the training. */
  private static int configuredParallelTrees(Node root) {
    Optional<Node> booster =
        root.optionalObject("Config")
            .flatMap(config -> config.optionalObject("learner"))
            .flatMap(learner -> learner.optionalObject("gradient_booster"));
    return booster
        .map(node -> node.optionalObject("gbtree").orElse(node))
        .flatMap(node -> node.optionalObject("gbtree_train_param"))
        .flatMap(parameters -> parameters.optionalParameter("num_parallel_tree"))
        .orElse(1);
  }

  private static RegressionTree tree(Node tree) {
    int[] left = tree.ints("left_children");
    int[] right = tree.ints("right_children");
    int[] feature = tree.ints("split_indices");
    float[] condition = tree.floats("split_conditions");
    int[] defaults = tree.ints("default_left");
    int nodes = left.length;
    if (right.length != nodes
        || feature.length != nodes
        || condition.length != nodes
        || defaults.length != nodes) {
      throw invalidTree("has arrays of different lengths");
    }
    boolean[] defaultLeft = new boolean[nodes];
    for (int i = 0; i < nodes; i++) {
      defaultLeft[i] = defaults[i] != 0;
    }
    return new RegressionTree(
        left,
        right,
        feature,
        condition,
        defaultLeft,
        categories(tree, nodes, left),
        vectors(tree, left, right),
        hessians(tree, nodes));
  }

  /** Nothing but an explanation needs them, so that a tree without is one that is served. */
  private static float[] hessians(Node tree, int nodes) {
    if (!tree.has("sum_hessian")) {
      return null;
    }
    try {
      float[] hessians = tree.floats("sum_hessian");
      return hessians.length == nodes ? hessians : null;
    } catch (ModelRefusedException noNumbers) {
      return null;
    }
  }

  private static boolean hasVectors(Node tree) {
    return leafSize(tree) > 1;
  }

  private static int leafSize(Node tree) {
    return tree.object("tree_param").optionalParameter("size_leaf_vector").orElse(0);
  }

  /**
   * {@code MultiTargetTree}: until 3.0 the weights of all nodes, since 3.1 those of the leaves,
   * whose places stand where others have their right child. Null where leaves are numbers.
   */
  private static float[] vectors(Node tree, int[] left, int[] right) {
    if (!hasVectors(tree)) {
      return null;
    }
    int size = leafSize(tree);
    boolean ofLeaves = tree.has("leaf_weights");
    float[] weights = tree.floats(ofLeaves ? "leaf_weights" : "base_weights");
    // Of all nodes about half are leaves.
    if ((long) left.length * size > 2L * weights.length + size) {
      throw invalidTree("has leaves without numbers");
    }
    float[] vectors = new float[left.length * size];
    for (int node = 0; node < left.length; node++) {
      if (left[node] != -1) {
        continue;
      }
      int place = ofLeaves ? right[node] : node;
      if (place < 0 || (place + 1L) * size > weights.length) {
        throw invalidTree("has a leaf without numbers");
      }
      System.arraycopy(weights, place * size, vectors, node * size, size);
    }
    return vectors;
  }

  /** Null where no node of the tree splits by categories. */
  private static int[][] categories(Node tree, int nodes, int[] left) {
    if (!tree.has("split_type")) {
      return null;
    }
    int[] types = tree.ints("split_type");
    int[] owners = tree.has("categories_nodes") ? tree.ints("categories_nodes") : new int[0];
    int[][] categories = owners.length == 0 ? null : new int[nodes][];
    if (categories != null) {
      int[] starts = tree.ints("categories_segments");
      int[] sizes = tree.ints("categories_sizes");
      int[] all = tree.ints("categories");
      if (starts.length != owners.length || sizes.length != owners.length) {
        throw invalidTree("has arrays of different lengths");
      }
      long copied = 0;
      for (int i = 0; i < owners.length; i++) {
        int node = owners[i];
        long end = (long) starts[i] + sizes[i];
        copied += sizes[i];
        if (node < 0
            || node >= nodes
            || categories[node] != null
            || starts[i] < 0
            || sizes[i] < 0
            || end > all.length
            || copied > all.length) {
          throw invalidTree("has categories outside its nodes or its array");
        }
        categories[node] = Arrays.copyOfRange(all, starts[i], (int) end);
        Arrays.sort(categories[node]);
      }
    }
    for (int node = 0; node < types.length && node < nodes; node++) {
      boolean categorical = types[node] != 0 && left[node] != -1;
      if (types[node] != 0 && types[node] != 1
          || categorical != (categories != null && categories[node] != null)) {
        throw invalidTree("has a node whose split_type and categories disagree");
      }
    }
    return categories;
  }

  private static ModelRefusedException invalidTree(String what) {
    return new ModelRefusedException(
        Reason.MODEL_INVALID, "a tree of the booster %s; save the model again".formatted(what));
  }

  private static ModelRefusedException unsupported(String what) {
    return new ModelRefusedException(
        Reason.UNSUPPORTED,
        "%s: serve a model with one of XGBoost's usual objectives and boosters".formatted(what));
  }

  private static String printable(String name) {
    String shown = name.length() > 40 ? name.substring(0, 40) + ".." : name;
    return shown.chars().allMatch(c -> c >= 32 && c < 127) ? "'" + shown + "'" : "of that name";
  }
}
