package dev.flightdelay.predictor.sklearn.pipeline;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.SparseModel;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import dev.flightdelay.predictor.sklearn.StepInput;
import dev.flightdelay.predictor.sklearn.TransformerModel;
import java.util.List;

/** Pipeline: transformers one after the other, then a model. */
public final class Pipeline implements Model {

  /** Rows are taken so many at a time that no step makes more cells than these. */
  private static final int MAX_CELLS = 1 << 22;

  private final Signature signature;
  private final Steps steps;
  private final Model last;
  private final String nameOfLast;

  private Pipeline(Signature signature, Steps steps, Model last, String nameOfLast) {
    this.signature = signature;
    this.steps = steps;
    this.last = last;
    this.nameOfLast = nameOfLast;
  }

  /** Reads {@code steps}; where the last is no model, the pipeline transforms. */
  static Model read(Attributes attributes) {
    return read(attributes, attributes.list("steps"));
  }

  /**
   * A pipeline of these steps, which are tuples of a name and an estimator; where the last is no
   * model, it transforms.
   */
  public static Model read(Attributes attributes, List<Object> pairs) {
    if (pairs.isEmpty()) {
      throw attributes.invalid(Reason.STATE_INVALID, "steps is empty");
    }
    Object[] pair = Steps.pair(attributes, pairs.getLast());
    String name = String.valueOf(pair[0]);
    if (Steps.doesNothing(pair[1])) {
      return TransformerModel.of(attributes, readTransformer(attributes, pairs));
    }
    Steps steps = Steps.read(attributes, pairs.subList(0, pairs.size() - 1));
    Model last =
        attributes.modelOrTransformer(
            pair[1], "the last step '" + name + "'", steps.given(attributes));
    if (last.signature().transforms()) {
      return TransformerModel.of(attributes, readTransformer(attributes, pairs));
    }
    return of(attributes, steps, last, name);
  }

  /** Reads a pipeline that ends in a transformer. */
  static Transformer readTransformer(Attributes attributes) {
    return readTransformer(attributes, attributes.list("steps"));
  }

  /** A transformer of these steps, all of which transform. */
  public static Transformer readTransformer(Attributes attributes, List<Object> pairs) {
    Steps steps = Steps.read(attributes, pairs);
    if (steps.isEmpty()) {
      throw attributes.invalid(Reason.UNSUPPORTED, "a Pipeline in which no step does anything");
    }
    return steps;
  }

  /** A model that is asked about what a transformer makes of the rows. */
  public static Model behind(
      Attributes attributes, Transformer transformer, Model last, String nameOfLast) {
    return of(attributes, Steps.of(attributes.estimator(), transformer), last, nameOfLast);
  }

  private static Model of(Attributes attributes, Steps given, Model last, String name) {
    Signature inner = last.signature();
    Steps steps = given.before(inner.features());
    if (!steps.isEmpty()) {
      Steps.requireWidth(attributes, name, inner.features().count(), steps.width());
    }
    Signature signature =
        FittedSignature.of(attributes, steps.isEmpty() ? inner.features() : steps.features())
            .libraryVersion(SklearnVersion.of(attributes).or(inner::libraryVersion))
            .classes(inner.classes())
            .outputs(inner.outputs())
            .hasProbabilities(inner.hasProbabilities())
            .decisionWidth(inner.decisionWidth())
            .acceptsMissing(
                steps.isEmpty()
                    ? inner.acceptsMissing()
                    : steps.acceptsMissing(inner.acceptsMissing()))
            .transformWidth(inner.transformWidth())
            .build();
    return new Pipeline(signature, steps, last, name);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  /** Of its last step's, each column's is the sum of what the steps made of that. */
  @Override
  public Explanations explanations() {
    Explanations inner = last.explanations();
    if (steps.isEmpty() || !(inner instanceof Explainer explainer)) {
      return inner;
    }
    return steps
        .sources()
        .<Explanations>map(
            sources ->
                new ExplainedPipeline(
                    explainer, sources, (rows, from, to) -> transformed(rows, from, to).dense()))
        .orElseGet(
            () ->
                new Explanations.None(
                    "the step '%s' makes columns of several others, so that nothing can be said of each of these"
                        .formatted(steps.mixture())));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    if (steps.isEmpty()) {
      last.score(rows, from, to, scores);
      return;
    }
    int atATime = Math.max(1, MAX_CELLS / steps.widest());
    for (int at = from; at < to; at += atATime) {
      scorePart(rows, at, Math.min(to, at + atATime), scores);
    }
  }

  private void scorePart(Rows rows, int from, int to, Scores scores) {
    Table transformed = transformed(rows, from, to);
    if (from == 0) {
      score(transformed, scores);
      return;
    }
    int count = to - from;
    Scores own =
        new Scores(
            count,
            scores.labels() == null ? null : new int[count * signature.outputs()],
            like(scores.values(), count * signature.outputs()),
            like(scores.probabilities(), count * signature.probabilityWidth()),
            like(scores.decisions(), count * signature.decisionWidth()),
            like(scores.transformed(), count * signature.transformWidth()));
    score(transformed, own);
    copy(own.labels(), scores.labels(), from, count);
    copy(own.values(), scores.values(), from, count);
    copy(own.probabilities(), scores.probabilities(), from, count);
    copy(own.decisions(), scores.decisions(), from, count);
    copy(own.transformed(), scores.transformed(), from, count);
  }

  /** What the steps make of rows {@code from} to {@code to}; refusals speak of these rows. */
  private Table transformed(Rows rows, int from, int to) {
    Rows part = rows.part(from, to);
    try {
      return transformed(part);
    } catch (UnusableRowsException unusable) {
      if (!unusable.namesRow()) {
        throw unusable;
      }
      int row = unusable.row() + from;
      throw unusable.namesCell() && unusable.column() < signature.features().count()
          ? unusable.at(signature.features(), row, unusable.column())
          : unusable.inRow(row);
    }
  }

  private void score(Table transformed, Scores scores) {
    if (last instanceof SparseModel model && transformed instanceof SparseRows cells) {
      model.score(cells, scores);
    } else {
      last.score(transformed.dense(), 0, transformed.count(), scores);
    }
  }

  private Table transformed(Rows part) {
    Table transformed = steps.apply(part.asGiven());
    Signature inner = last.signature();
    try {
      StepInput.check(transformed, inner.features(), inner.acceptsMissing(), nameOfLast);
    } catch (UnusableRowsException unusable) {
      throw steps.inTermsOf(part, unusable);
    }
    return transformed;
  }

  private static double[] like(double[] wanted, int length) {
    return wanted == null ? null : new double[length];
  }

  /** {@code System.arraycopy} takes arrays of any kind, so the two are of one. */
  private static <T> void copy(T own, T all, int from, int count) {
    if (own != null) {
      int length = java.lang.reflect.Array.getLength(own);
      System.arraycopy(own, 0, all, from * (length / count), length);
    }
  }
}
