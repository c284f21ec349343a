package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import java.util.Optional;

/** Columns that pass as they are. */
public record Passthrough(Features features) implements Transformer {

  @Override
  public Features features(Features next) {
    return features.withTextsOf(next, column -> column);
  }

  @Override
  public int width() {
    return features.count();
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  @Override
  public Optional<int[]> sources() {
    return Transformer.sources(features.count(), 1);
  }

  @Override
  public Rows transform(Rows rows) {
    return rows;
  }

  @Override
  public Table apply(Table rows) {
    return rows;
  }
}
