package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** A transformer that is served by itself: it answers {@code transform}. */
public record TransformerModel(Signature signature, Transformer transformer) implements Model {

  /** A row of an answer is written out, zeros and all. */
  private static final int MAX_COLUMNS = 100_000;

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it gives texts, as only
   *     numbers are answered
   */
  public static Model of(Attributes attributes, Transformer transformer) {
    if (transformer.width() > MAX_COLUMNS) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "it gives %,d columns, and up to %,d are answered; put a selector or an estimator after it"
              .formatted(transformer.width(), MAX_COLUMNS));
    }
    requireNumbers(attributes, transformer);
    return new TransformerModel(
        FittedSignature.of(attributes, transformer.features())
            .transformsTo(transformer.width())
            .acceptsMissing(transformer.acceptsMissing())
            .build(),
        transformer);
  }

  private static void requireNumbers(Attributes attributes, Transformer transformer) {
    try {
      if (givesText(transformer.transform(transformer.features().sample()))) {
        throw attributes.invalid(
            Reason.UNSUPPORTED,
            "it gives texts, and a transformer that is served by itself gives numbers; make it a"
                + " pipeline with an encoder after it");
      }
    } catch (UnusableRowsException unusable) {
      // A row of zeros need not be one that it takes; what it gives is looked at in each answer.
      return;
    }
  }

  /** What the transformer costs is counted with it. */
  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.NONE);
  }

  private static boolean givesText(Rows rows) {
    return rows.texts() != null && Arrays.stream(rows.texts()).anyMatch(Objects::nonNull);
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    Rows transformed;
    try {
      transformed = transformer.apply(rows.part(from, to).asGiven()).dense();
    } catch (UnusableRowsException unusable) {
      throw unusable.namesCell() && unusable.column() < rows.width()
          ? unusable.at(signature.features(), unusable.row() + from, unusable.column())
          : unusable;
    }
    if (givesText(transformed)) {
      throw new UnusableRowsException("the transformer gives a text, where numbers are answered");
    }
    int width = transformed.width();
    System.arraycopy(transformed.values(), 0, scores.values(), from * width, (to - from) * width);
  }
}
