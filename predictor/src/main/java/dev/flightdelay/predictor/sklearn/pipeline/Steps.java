package dev.flightdelay.predictor.sklearn.pipeline;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.sklearn.StepInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Transformers one after the other: a pipeline without its last step, or one that has no model. */
final class Steps implements Transformer {

  /**
   * A step that is there: neither 'passthrough' nor None.
   *
   * @param features what comes to it
   */
  private record Step(String name, Transformer transformer, Features features) {

    Step(String name, Transformer transformer) {
      this(name, transformer, transformer.features());
    }
  }

  private final List<Step> steps;

  private Steps(List<Step> steps) {
    this.steps = steps;
  }

  /** One step. */
  static Steps of(String name, Transformer transformer) {
    return new Steps(List.of(new Step(name, transformer)));
  }

  /**
   * @param pairs tuples of a name and a transformer, 'passthrough' or None
   */
  static Steps read(Attributes attributes, List<Object> pairs) {
    List<Step> steps = new ArrayList<>();
    for (Object item : pairs) {
      Object[] pair = pair(attributes, item);
      String name = String.valueOf(pair[0]);
      if (doesNothing(pair[1])) {
        continue;
      }
      Transformer transformer =
          attributes.transformer(
              pair[1], "the step '" + name + "'", new Steps(steps).given(attributes));
      if (!steps.isEmpty()) {
        requireWidth(
            attributes,
            name,
            transformer.features().count(),
            steps.getLast().transformer().width());
      }
      steps.add(new Step(name, transformer));
    }
    return new Steps(List.copyOf(steps));
  }

  /** How many columns come to what follows, where that is known. */
  OptionalInt given(Attributes attributes) {
    return isEmpty() ? attributes.givenWidth() : OptionalInt.of(width());
  }

  /** Whether a step gives what it takes. */
  static boolean doesNothing(Object step) {
    return step == null || "passthrough".equals(step);
  }

  static Object[] pair(Attributes attributes, Object item) {
    if (item instanceof Object[] pair && pair.length == 2 && pair[0] instanceof String) {
      return pair;
    }
    throw attributes.invalid(Reason.STATE_INVALID, "a step is not a name and an estimator");
  }

  static void requireWidth(Attributes attributes, String step, int takes, int given) {
    if (takes != given) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "the step '%s' takes %d columns and is given %d".formatted(step, takes, given));
    }
  }

  /** The most columns that come to a step or leave one. */
  int widest() {
    return steps.stream()
        .map(Step::transformer)
        .mapToInt(step -> Math.max(step.features().count(), step.width()))
        .max()
        .orElse(1);
  }

  /** The same steps, before one that takes {@code next}. */
  Steps before(Features next) {
    List<Step> described = new ArrayList<>();
    Features following = next;
    for (Step step : steps.reversed()) {
      following = step.transformer().features(following);
      described.addFirst(new Step(step.name(), step.transformer(), following));
    }
    return new Steps(List.copyOf(described));
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  @Override
  public Features features() {
    return steps.getFirst().features();
  }

  @Override
  public Features features(Features next) {
    return before(next).features();
  }

  @Override
  public int width() {
    return steps.getLast().transformer().width();
  }

  @Override
  public int source(int column) {
    int at = column;
    for (int i = steps.size() - 1; i >= 0 && at >= 0; i--) {
      at = steps.get(i).transformer().source(at);
    }
    return at;
  }

  @Override
  public boolean acceptsMissing() {
    return acceptsMissing(true);
  }

  /** Whether missing values can be given, if what follows accepts them or not. */
  boolean acceptsMissing(boolean next) {
    boolean accepts = next;
    for (Step step : steps.reversed()) {
      Transformer transformer = step.transformer();
      accepts = transformer.acceptsMissing() && (!transformer.givesMissing() || accepts);
    }
    return accepts;
  }

  @Override
  public boolean givesMissing() {
    return steps.stream().allMatch(step -> step.transformer().givesMissing());
  }

  @Override
  public Optional<int[]> sources() {
    return sources(steps.size());
  }

  @Override
  public Rows transform(Rows rows) {
    return apply(rows).dense();
  }

  @Override
  public Table apply(Table rows) {
    Table at = rows;
    for (int i = 0; i < steps.size(); i++) {
      Transformer transformer = steps.get(i).transformer();
      try {
        if (i > 0) {
          StepInput.check(
              at, steps.get(i).features(), transformer.acceptsMissing(), steps.get(i).name());
        }
        at = transformer.apply(at);
      } catch (UnusableRowsException unusable) {
        throw i == 0 ? unusable : inTermsOf(rows.dense(), i, unusable);
      }
    }
    return at;
  }

  /** The first step whose columns are made of several; null if there is none. */
  String mixture() {
    for (int count = 1; count <= steps.size(); count++) {
      if (sources(count).isEmpty()) {
        return steps.get(count - 1).name();
      }
    }
    return null;
  }

  /** Of the first so many steps: whatever is made of what is all made of one column is its. */
  private Optional<int[]> sources(int count) {
    int[] sources = Transformer.sources(features().count(), 1).orElseThrow();
    for (Step step : steps.subList(0, count)) {
      int[] before = sources;
      Optional<int[]> own = step.transformer().sources();
      if (own.isPresent()) {
        sources = Arrays.stream(own.get()).map(column -> before[column]).toArray();
      } else if (Arrays.stream(before).allMatch(column -> column == before[0])) {
        sources = new int[step.transformer().width()];
        Arrays.fill(sources, before[0]);
      } else {
        return own;
      }
    }
    return Optional.of(sources);
  }

  /** What comes after all steps does not take, in terms of what was sent. */
  UnusableRowsException inTermsOf(Rows rows, UnusableRowsException unusable) {
    return inTermsOf(rows, steps.size(), unusable);
  }

  /**
   * What a later step does not take, in terms of what was sent: by the column that alone makes the
   * value; else of a row whose only missing value it must be, by that; else by the row alone.
   *
   * @param step the step's number, from 0
   */
  private UnusableRowsException inTermsOf(Rows rows, int step, UnusableRowsException unusable) {
    if (!unusable.namesCell()) {
      return unusable;
    }
    int row = unusable.row();
    int column = unusable.column();
    for (int i = step - 1; i >= 0 && column >= 0; i--) {
      column = steps.get(i).transformer().source(column);
    }
    if (column < 0) {
      column = onlyMissing(rows, row);
    }
    return column < 0 ? unusable.inRow(row) : unusable.at(features(), row, column);
  }

  /** The only column whose value is missing in a row; -1 if there is none, or several. */
  private static int onlyMissing(Rows rows, int row) {
    int missing = -1;
    for (int column = 0; column < rows.width(); column++) {
      if (rows.text(row, column) == null && Double.isNaN(rows.get(row, column))) {
        if (missing >= 0) {
          return -1;
        }
        missing = column;
      }
    }
    return missing;
  }
}
