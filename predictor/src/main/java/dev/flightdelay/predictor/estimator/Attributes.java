package dev.flightdelay.predictor.estimator;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.pickle.PickleObject;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The attributes of a pickled estimator, checked as they are taken: each refusal names them. */
public final class Attributes {

  private static final long NOWHERE = -1;

  private final PickleObject object;
  private final Nested nested;
  private final Map<String, Object> values;
  private final OptionalInt width;

  /**
   * @param width how many columns what is around gives it, where that is known
   */
  public Attributes(PickleObject object, Nested nested, OptionalInt width) {
    this.object = object;
    this.nested = nested;
    this.values = object.attributes();
    this.width = width;
  }

  /** How many columns what is around gives it, where that is known: its file may not say. */
  public OptionalInt givenWidth() {
    return width;
  }

  /**
   * What a library's own file holds, under the names that its class has for it: such a file is read
   * as the object that loads it.
   */
  public static Attributes of(GlobalName type, Map<String, Object> values) {
    PickleObject object = new PickleObject(type, NOWHERE);
    object.build(values);
    return new Attributes(object, null, OptionalInt.empty());
  }

  /** The class's module and name. */
  public GlobalName type() {
    return object.type();
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

  /** An attribute that is true or false; {@code otherwise} where it is neither. */
  public boolean flag(String name, boolean otherwise) {
    return NumpyScalar.unwrap(values.get(name)) instanceof Boolean flag ? flag : otherwise;
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

  /**
   * An attribute that a fitted estimator has, as the items of a list or tuple.
   *
   * @throws ModelRefusedException if it is missing, or neither
   */
  public List<Object> list(String name) {
    return switch (required(name)) {
      case List<?> list -> Collections.unmodifiableList(list);
      case Object[] tuple -> Collections.unmodifiableList(Arrays.asList(tuple));
      default -> throw invalid(Reason.STATE_INVALID, "%s is not a list".formatted(name));
    };
  }

  /**
   * An attribute that is an object of an allowed class, by its own attributes.
   *
   * @throws ModelRefusedException if it is missing, or something else
   */
  public Attributes object(String name) {
    return object(required(name), name);
  }

  /** An object that stands somewhere in an attribute, by its own attributes. */
  public Attributes object(Object value, String where) {
    return new Attributes(pickled(value, where), nested, OptionalInt.empty());
  }

  /** The model that the attribute is. */
  public Model model(String name) {
    return model(required(name), name);
  }

  /** The model that stands somewhere in an attribute. */
  public Model model(Object value, String where) {
    return nested.model(pickled(value, where));
  }

  /** The model that the attribute is; a transformer is one that transforms. */
  public Model modelOrTransformer(String name) {
    return modelOrTransformer(required(name), name);
  }

  /** The model that stands somewhere in an attribute; a transformer is one that transforms. */
  public Model modelOrTransformer(Object value, String where) {
    return modelOrTransformer(value, where, OptionalInt.empty());
  }

  /** The same, of which it is known how many columns it is given. */
  public Model modelOrTransformer(Object value, String where, OptionalInt columns) {
    return nested.modelOrTransformer(pickled(value, where), columns);
  }

  /** The transformer that stands somewhere in an attribute. */
  public Transformer transformer(Object value, String where) {
    return transformer(value, where, OptionalInt.empty());
  }

  /** The same, of which it is known how many columns it is given. */
  public Transformer transformer(Object value, String where, OptionalInt columns) {
    return nested.transformer(pickled(value, where), columns);
  }

  private PickleObject pickled(Object value, String where) {
    if (value instanceof PickleObject inner) {
      return inner;
    }
    throw invalid(Reason.STATE_INVALID, "%s is not an estimator".formatted(where));
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
