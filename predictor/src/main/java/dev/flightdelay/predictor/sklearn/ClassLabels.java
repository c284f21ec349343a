package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The classes of a classifier: {@code classes_}. */
public final class ClassLabels {

  /** A classifier chooses between two or more. */
  private static final int MIN_CLASSES = 2;

  private ClassLabels() {}

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if there are fewer than two, if
   *     two are the same, or if they are of several kinds
   */
  public static Labels read(Attributes attributes) {
    return read(attributes, attributes.array("classes_"), MIN_CLASSES);
  }

  /**
   * The classes of each output of a classifier: those of one output are an array, those of several
   * a list of arrays.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException as {@link #read(Attributes)}
   */
  public static List<Labels> ofOutputs(Attributes attributes) {
    return ofOutputs(attributes, MIN_CLASSES);
  }

  /**
   * The same of a classifier that may have seen one class alone, such as a tree: then it always
   * answers that.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException as {@link #read(Attributes)}, but
   *     not for one class
   */
  public static List<Labels> ofOutputsOrOneClass(Attributes attributes) {
    return ofOutputs(attributes, 1);
  }

  private static List<Labels> ofOutputs(Attributes attributes, int least) {
    if (!(attributes.value("classes_").orElse(null) instanceof List<?> outputs)) {
      return List.of(read(attributes, attributes.array("classes_"), least));
    }
    List<Labels> labels = new ArrayList<>();
    for (Object output : outputs) {
      if (!(output instanceof NdArray array) || !array.isBuilt()) {
        throw attributes.invalid(Reason.STATE_INVALID, "classes_ holds what is no array");
      }
      labels.add(read(attributes, array, least));
    }
    if (labels.isEmpty()) {
      throw attributes.invalid(Reason.MODEL_INVALID, "classes_ is empty");
    }
    return labels;
  }

  private static Labels read(Attributes attributes, NdArray array, int least) {
    if (array.dimensions() != 1) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "classes_ has %d dimensions".formatted(array.dimensions()));
    }
    Object[] values = attributes.orInvalid("classes_", array::values);
    if (values.length < least) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "classes_ has %d class: a classifier chooses between two or more"
              .formatted(values.length));
    }
    Labels.Kind kind = kind(attributes, values[0]);
    for (Object value : values) {
      if (kind(attributes, value) != kind) {
        throw attributes.invalid(Reason.MODEL_INVALID, "classes_ mixes kinds of labels");
      }
    }
    if (new HashSet<>(List.of(values)).size() != values.length) {
      throw attributes.invalid(Reason.MODEL_INVALID, "classes_ has the same label twice");
    }
    return new Labels(kind, List.of(values));
  }

  private static Labels.Kind kind(Attributes attributes, Object value) {
    return switch (value) {
      case Long number -> Labels.Kind.INTEGER;
      case Double number when Double.isFinite(number) -> Labels.Kind.REAL;
      case Boolean flag -> Labels.Kind.BOOLEAN;
      case String text -> Labels.Kind.TEXT;
      case null, default ->
          throw attributes.invalid(
              Reason.MODEL_INVALID,
              "a label in classes_ is not a finite number, a boolean or a text");
    };
  }
}
