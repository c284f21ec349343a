package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.model.Features;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The input tensors that a model takes in the Open Inference Protocol: one of all columns where all
 * are numbers or all are texts, else one for each column that is looked at, for a tensor is of one
 * datatype.
 *
 * @param features the columns, with the names that their tensors have
 * @param inputs as metadata have them
 */
public record TensorInputs(Features features, List<Input> inputs) {

  /**
   * @param datatype FP64, or BYTES for texts
   * @param from its first column
   * @param width the tensor's columns; 0 where its shape is (rows)
   */
  public record Input(String name, String datatype, int from, int width) {}

  private static final String NAME = "input-";
  private static final String NUMBERS = "FP64";
  private static final String TEXTS = "BYTES";

  public static TensorInputs of(Features features) {
    int count = features.count();
    if (!features.takeTexts() || !features.hasNames() && takesTextsOnly(features)) {
      String datatype = features.takeTexts() ? TEXTS : NUMBERS;
      return new TensorInputs(features, List.of(new Input(NAME + 0, datatype, 0, count)));
    }
    Features named = features.hasNames() ? features : named(features);
    return new TensorInputs(
        named,
        IntStream.range(0, count)
            .filter(column -> !named.isDropped(column))
            .mapToObj(
                column ->
                    new Input(
                        named.names().get(column),
                        named.takesText(column) ? TEXTS : NUMBERS,
                        column,
                        0))
            .toList());
  }

  /**
   * Whether all columns that are looked at take texts, so that a tensor of texts can be all of a
   * row.
   */
  static boolean takesTextsOnly(Features features) {
    return features.takeTexts()
        && IntStream.range(0, features.count())
            .allMatch(column -> features.takesText(column) || features.isDropped(column));
  }

  private static Features named(Features features) {
    Set<Integer> texts = new HashSet<>();
    Set<Integer> dropped = new HashSet<>();
    for (int column = 0; column < features.count(); column++) {
      if (features.takesText(column)) {
        texts.add(column);
      }
      if (features.isDropped(column)) {
        dropped.add(column);
      }
    }
    return Features.named(IntStream.range(0, features.count()).mapToObj(i -> NAME + i).toList())
        .withTexts(texts)
        .withDropped(dropped);
  }
}
