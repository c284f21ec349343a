package dev.flightdelay.predictor.categoryencoders;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.Dtype;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns that an encoder was fitted with: their names, texts or, of an array, positions.
 *
 * @param names in the order of a row
 */
record Columns(List<Object> names) {

  /** {@code feature_names_in_}; before 2.5 there are only the names of what comes out. */
  static Columns read(Attributes attributes, Map<Object, List<Object>> replaced) {
    List<Object> names = new ArrayList<>();
    if (attributes.has("feature_names_in_")) {
      list(attributes, "feature_names_in_").forEach(name -> names.add(NumpyScalar.unwrap(name)));
    } else {
      if (attributes.flag("drop_invariant", false)) {
        throw attributes.invalid(
            Reason.UNSUPPORTED,
            "with drop_invariant it does not say which columns it takes; fit it with"
                + " category_encoders 2.5 or later");
      }
      names.addAll(backwards(attributes, replaced));
    }
    if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "the names of its columns are none, or one is there twice");
    }
    return new Columns(List.copyOf(names));
  }

  private static List<Object> list(Attributes attributes, String name) {
    if (attributes.value(name).orElse(null) instanceof NdArray array && array.isBuilt()) {
      return Arrays.asList(attributes.orInvalid(name, array::values));
    }
    return attributes.list(name);
  }

  /** From the names that come out, where some take the place of one. */
  private static List<Object> backwards(Attributes attributes, Map<Object, List<Object>> replaced) {
    List<Object> out = list(attributes, "feature_names").stream().map(NumpyScalar::unwrap).toList();
    List<Object> names = new ArrayList<>();
    for (int i = 0; i < out.size(); ) {
      Object first = out.get(i);
      Object column = first;
      int count = 1;
      for (Map.Entry<Object, List<Object>> entry : replaced.entrySet()) {
        if (!entry.getValue().isEmpty() && entry.getValue().getFirst().equals(first)) {
          column = entry.getKey();
          count = entry.getValue().size();
        }
      }
      names.add(column);
      i += count;
    }
    return names;
  }

  int count() {
    return names.size();
  }

  /** The position of a column, by its name in the file. */
  int position(Attributes attributes, Object name) {
    int position = names.indexOf(NumpyScalar.unwrap(name));
    if (position < 0) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "it encodes a column that it was not fitted with");
    }
    return position;
  }

  /** The columns as a caller sees them: by name, unless these are positions. */
  Features features(Attributes attributes) {
    if (!names.stream().allMatch(String.class::isInstance)) {
      return Features.unnamed(names.size());
    }
    return attributes.orInvalid(
        "feature_names_in_", () -> Features.named(names.stream().map(String.class::cast).toList()));
  }

  /**
   * The columns that are not encoded and may be texts all the same: none where those that are have
   * been chosen by that; else by their types where the file has these.
   */
  Set<Integer> otherTexts(Attributes attributes, Set<Integer> encoded) {
    Set<Integer> texts = new HashSet<>();
    if (attributes.flag("use_default_cols", false)) {
      return texts;
    }
    List<?> types =
        attributes.value("feature_dtypes_in_").orElse(null) instanceof List<?> list
                && list.size() == names.size()
            ? list
            : null;
    for (int column = 0; column < names.size(); column++) {
      boolean number =
          types != null
              && types.get(column) instanceof Dtype type
              && type.kind() != Dtype.Kind.OBJECT;
      if (!encoded.contains(column) && !number) {
        texts.add(column);
      }
    }
    return texts;
  }
}
