package dev.flightdelay.predictor.estimator;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pickle.PickleObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The attributes of a pickled estimator, checked as they are taken: each refusal names them. */
public final class Attributes {

  private final PickleObject object;
  private final Map<String, Object> values;

  public Attributes(PickleObject object) {
    this.object = object;
    this.values = object.attributes();
  }

  /** The class's name without its module, such as {@code LogisticRegression}. */
  public String estimator() {
    return object.type().name();
  }

  public boolean has(String name) {
    return values.get(name) != null;
  }

  /** The attribute as it is: see {@link dev.flightdelay.predictor.pickle.AllowedGlobal.Call}. */
  public Optional<Object> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The attribute if it is a text. */
  public Optional<String> text(String name) {
    return NumpyScalar.unwrap(values.get(name)) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }

  /**
   * An attribute that a fitted estimator has, as an array; a number is an array without dimensions.
   *
   * @throws ModelRefusedException if there is no such attribute, or if it is no array
   */
  public NdArray array(String name) {
    Object value = required(name);
    if (value instanceof NdArray array && array.isBuilt()) {
      return array;
    }
    throw invalid(Reason.STATE_INVALID, "%s is not an array".formatted(name));
  }

  /**
   * An attribute that is one integer.
   *
   * @throws ModelRefusedException if it is something else
   */
  public Optional<Long> integer(String name) {
    return switch (NumpyScalar.unwrap(values.get(name))) {
      case null -> Optional.empty();
      case Integer number -> Optional.of((long) number);
      case Long number -> Optional.of(number);
      default -> throw invalid(Reason.STATE_INVALID, "%s is not an integer".formatted(name));
    };
  }

  /**
   * An attribute that a fitted estimator has, as finite numbers in C order, whether it is an array,
   * a NumPy scalar or a Python number.
   *
   * @throws ModelRefusedException if it is missing, not numbers, or not finite
   */
  public double[] reals(String name) {
    double[] numbers =
        switch (NumpyScalar.unwrap(required(name))) {
          case Number number -> new double[] {number.doubleValue()};
          case NdArray array when array.isBuilt() -> orInvalid(name, array::reals);
          default ->
              throw invalid(Reason.STATE_INVALID, "%s is not made of numbers".formatted(name));
        };
    for (double number : numbers) {
      if (!Double.isFinite(number)) {
        throw invalid(
            Reason.MODEL_INVALID,
            "%s holds %s; a model with such weights predicts nothing: fit it again"
                .formatted(name, number));
      }
    }
    return numbers;
  }

  /** What {@code read} gives, or a refusal that names the attribute if it cannot be read. */
  public <T> T orInvalid(String name, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw invalid(Reason.STATE_INVALID, name + ": " + e.getMessage());
    }
  }

  /** A refusal of this estimator. */
  public ModelRefusedException invalid(Reason reason, String what) {
    return new ModelRefusedException(reason, object.offset(), estimator() + ": " + what);
  }

  private Object required(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw invalid(
          Reason.STATE_INVALID,
          "the attribute %s is missing; only a fitted estimator can be served: call fit before"
                  .formatted(name)
              + " pickling");
    }
    return value;
  }
}
