package dev.flightdelay.predictor.dialect.all;

import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.InstancesDialect;
import dev.flightdelay.predictor.dialect.Pages;
import dev.flightdelay.predictor.dialect.legacy.ArrayDialect;
import dev.flightdelay.predictor.dialect.legacy.DataDialect;
import dev.flightdelay.predictor.dialect.legacy.FormDialect;
import dev.flightdelay.predictor.dialect.legacy.ListFieldDialect;
import dev.flightdelay.predictor.dialect.mlflow.MlflowCsvDialect;
import dev.flightdelay.predictor.dialect.mlflow.MlflowJsonDialect;
import dev.flightdelay.predictor.dialect.oip.TensorDialect;
import java.util.List;

/** All dialects: to add one, add a line here. */
public final class Dialects {

  private Dialects() {}

  /**
   * The dialects of a model. Of several at one path, the first that accepts a body answers it.
   *
   * @param pages what forms are answered with
   */
  public static List<Dialect> of(DialectSettings settings, Pages pages) {
    return List.of(
        new TensorDialect(settings),
        new InstancesDialect(settings),
        new MlflowJsonDialect(settings),
        new MlflowCsvDialect(settings),
        new ArrayDialect(settings),
        new DataDialect(settings),
        FormDialect.ofPage(settings, pages),
        FormDialect.numbered(settings, pages),
        new ListFieldDialect(settings));
  }
}
