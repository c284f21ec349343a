package dev.flightdelay.predictor.categoryencoders;

import dev.flightdelay.predictor.estimator.Family;

/** The encoders of the library category_encoders that are read. */
public final class CategoryEncodersFamily {

  private static final String PACKAGE = "category_encoders.";

  public static final Family FAMILY =
      Family.builder()
          .transformer(OrdinalEncoder::read, "OrdinalEncoder", PACKAGE + "ordinal")
          .transformer(OneHotEncoder::read, "OneHotEncoder", PACKAGE + "one_hot")
          .transformer(TargetEncoder::read, "TargetEncoder", PACKAGE + "target_encoder")
          .transformer(CountEncoder::read, "CountEncoder", PACKAGE + "count")
          .build();

  private CategoryEncodersFamily() {}
}
