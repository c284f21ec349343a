package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An array without a declared type: numbers go into a double[], anything else into a List. */
final class UntypedArray {

  private final List<Object> others = new ArrayList<>();
  private double[] numbers = {};
  private int count;

  /** Adds an item; booleans are numbers here, 0 and 1. */
  void add(Object item) {
    switch (item) {
      case Number number -> number(number.doubleValue());
      case Boolean flag -> number(flag ? 1 : 0);
      case null, default -> others.add(item);
    }
    if (count > 0 && !others.isEmpty()) {
      throw new ModelRefusedException(
          Reason.MALFORMED,
          "an array in the booster's state mixes numbers with other values; save the model again");
    }
  }

  void number(double value) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(8, count + (count >> 1)));
    }
    numbers[count++] = value;
  }

  Object result() {
    return count == 0 ? others : Arrays.copyOf(numbers, count);
  }
}
