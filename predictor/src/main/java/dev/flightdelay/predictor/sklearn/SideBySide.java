package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.List;
import java.util.Map;

/** The columns of several transformers, put side by side one after the other. */
public final class SideBySide {

  private static final int MAX_WIDTH = 1_000_000;

  private final double[] values;
  private final int count;
  private final int width;
  private String[] texts;
  private int filled;

  public SideBySide(int count, int width) {
    this.values = new double[count * width];
    this.count = count;
    this.width = width;
  }

  /** How wide they are together. */
  public static int width(Attributes attributes, List<Transformer> transformers) {
    long width = transformers.stream().mapToLong(Transformer::width).sum();
    requireWidth(attributes, width);
    if (width < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "its transformers give no columns");
    }
    return (int) width;
  }

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if these are more columns than
   *     any model has
   */
  public static void requireWidth(Attributes attributes, long width) {
    if (width > MAX_WIDTH) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "its transformers give %d columns".formatted(width));
    }
  }

  /** The weight of a transformer: 1 where {@code transformer_weights} says none. */
  public static double weight(Attributes attributes, Map<?, ?> weights, String name) {
    return switch (NumpyScalar.unwrap(weights.get(name))) {
      case null -> 1;
      case Number number when Double.isFinite(number.doubleValue()) -> number.doubleValue();
      default ->
          throw attributes.invalid(
              Reason.MODEL_INVALID, "transformer_weights holds something that is no number");
    };
  }

  /** The next columns, times {@code weight}. */
  public void add(Rows part, double weight) {
    for (int row = 0; row < count; row++) {
      int from = row * part.width();
      int to = row * width + filled;
      for (int k = 0; k < part.width(); k++) {
        values[to + k] = part.values()[from + k] * weight;
      }
      if (part.texts() != null) {
        if (texts == null) {
          texts = new String[values.length];
        }
        System.arraycopy(part.texts(), from, texts, to, part.width());
      }
    }
    filled += part.width();
  }

  public Rows rows() {
    return new Rows(values, texts, count, width);
  }
}
