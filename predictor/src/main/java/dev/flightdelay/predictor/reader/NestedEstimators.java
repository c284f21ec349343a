package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.estimator.EstimatorReader;
import dev.flightdelay.predictor.estimator.Nested;
import dev.flightdelay.predictor.estimator.TransformerReader;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.pickle.PickleObject;
import dev.flightdelay.predictor.sklearn.TransformerModel;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Reads estimators inside estimators, to a depth that no honest model reaches. */
final class NestedEstimators implements Nested {

  private static final int MAX_DEPTH = 32;
  private static final long NOWHERE = -1;

  // An estimator that many others share is read again for each of them, so the sum is bounded too.
  private static final int MAX_ESTIMATORS = 100_000;

  // What a row costs, whatever the file's size: some estimators only say how wide they are.
  // Hashing texts gives 2^20 columns unless told otherwise.
  private static final int MAX_WIDTH = 1 << 21;
  private static final long MAX_WIDTHS = 20_000_000;

  // A transformer that only says how wide it is keeps something for each of its columns.
  private static final long MAX_STEP_WIDTHS = 4_000_000;

  // What Java keeps of an estimator and of the names of its columns, whatever the arrays in it.
  private static final int ESTIMATOR_BYTES = 1024;
  private static final int COLUMN_BYTES = 16;

  private final long mostRowCost;
  private RowCost cost = RowCost.NONE;
  private int depth;
  private int read;
  private long widths;
  private long stepWidths;
  // The numbers that estimators inside the present one have taken from the file.
  private long numbersInside;

  /**
   * @param mostRowCost the operations that a row may take
   */
  NestedEstimators(long mostRowCost) {
    this.mostRowCost = mostRowCost;
  }

  /** What a row costs with all that was read, and may cost. */
  RowBudget budget() {
    return new RowBudget(cost, mostRowCost);
  }

  @Override
  public Model model(PickleObject object) {
    Model model = modelOrTransformer(object, OptionalInt.empty());
    if (model.signature().transforms()) {
      throw unsupported(object, "an estimator that predicts");
    }
    return model;
  }

  @Override
  public Model modelOrTransformer(PickleObject object, OptionalInt width) {
    return within(
        object,
        () -> {
          Model model = read(object, new Attributes(object, this, width));
          if (isTooWide(model)) {
            throw tooWide(object.offset(), object.type().name());
          }
          return model;
        },
        NestedEstimators::cost);
  }

  /** A model of a library's own format, within the same bounds. */
  Model checked(Supplier<Model> reading, String format) {
    Model model = reading.get();
    if (isTooWide(model)) {
      throw tooWide(NOWHERE, format);
    }
    count(cost(model, ReadingBudget.numbers()));
    return model;
  }

  private boolean isTooWide(Model model) {
    Signature signature = model.signature();
    int features = signature.features().count();
    widths +=
        (long) features
            + signature.outputs()
            + signature.probabilityWidth()
            + signature.decisionWidth();
    return features > MAX_WIDTH || widths > MAX_WIDTHS;
  }

  private Model read(PickleObject object, Attributes attributes) {
    Optional<EstimatorReader> model = Estimators.model(object.type());
    if (model.isPresent()) {
      return model.get().read(attributes);
    }
    TransformerReader transformer =
        Estimators.transformer(object.type())
            .orElseThrow(() -> unsupported(object, "an estimator that is served"));
    // Counted before it is asked what it makes of a row.
    return TransformerModel.of(
        attributes, within(object, () -> transformer.read(attributes), NestedEstimators::cost));
  }

  private static RowCost cost(Model model, long numbers) {
    return model.ownCost().orElseGet(() -> RowCost.of(model.signature(), numbers));
  }

  private static RowCost cost(Transformer transformer, long numbers) {
    return transformer.ownCost().orElseGet(() -> transformer.cost(numbers));
  }

  @Override
  public Transformer transformer(PickleObject object, OptionalInt width) {
    return within(
        object,
        () -> {
          Transformer transformer =
              Estimators.transformer(object.type())
                  .orElseThrow(() -> unsupported(object, "a transformer that is read"))
                  .read(new Attributes(object, this, width));
          stepWidths += (long) transformer.features().count() + transformer.width();
          if (stepWidths > MAX_STEP_WIDTHS) {
            throw tooWide(object.offset(), object.type().name());
          }
          return transformer;
        },
        NestedEstimators::cost);
  }

  private static ModelRefusedException tooWide(long offset, String what) {
    return new ModelRefusedException(
        Reason.BUDGET_EXCEEDED,
        offset,
        "%s, with those inside it, has more columns than any model that is served".formatted(what));
  }

  /** What an estimator costs by itself, of which so many numbers were read. */
  private interface Costs<T> {
    RowCost of(T read, long numbers);
  }

  private <T> T within(PickleObject object, Supplier<T> reading, Costs<T> costs) {
    if (++depth > MAX_DEPTH || ++read > MAX_ESTIMATORS) {
      throw new ModelRefusedException(
          Reason.BUDGET_EXCEEDED,
          object.offset(),
          "more than %d estimators, or %d inside each other, are no model that is served"
              .formatted(MAX_ESTIMATORS, MAX_DEPTH));
    }
    ReadingBudget.take(ESTIMATOR_BYTES);
    long before = ReadingBudget.numbers();
    long insideOuter = numbersInside;
    numbersInside = 0;
    try {
      T made = reading.get();
      long numbers = ReadingBudget.numbers() - before;
      count(costs.of(made, numbers - numbersInside));
      numbersInside = insideOuter + numbers;
      return made;
    } finally {
      depth--;
    }
  }

  /** Refuses at once what costs too much: what stands around it may ask it about a row. */
  private void count(RowCost more) {
    ReadingBudget.take(COLUMN_BYTES * more.cells());
    cost = cost.plus(more);
    budget().check();
  }

  private static ModelRefusedException unsupported(PickleObject object, String what) {
    return new ModelRefusedException(
        Reason.UNSUPPORTED,
        object.offset(),
        "%s is not %s; these are served: %s"
            .formatted(object.type(), what, String.join(", ", Estimators.names())));
  }
}
