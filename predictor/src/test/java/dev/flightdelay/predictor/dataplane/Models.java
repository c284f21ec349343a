package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Models of the shapes that clients know. */
public final class Models {

  private static final Labels DELAYED = new Labels(Labels.Kind.INTEGER, List.of(0L, 1L));

  private Models() {}

  /** 37 columns without names; class 1 where column 12 is 1. */
  public static LinearModel unnamed37() {
    double[] weights = new double[37];
    weights[12] = 2;
    return LinearModel.classifier(Features.unnamed(37), DELAYED, weights, -1);
  }

  /** Two columns, of which the sum is predicted. */
  public static LinearModel sumOfTwo() {
    return LinearModel.regressor(Features.unnamed(2), false, new double[] {1, 1}, 0);
  }

  /** Two columns, of which the sum is predicted, a missing value adding nothing. */
  public static LinearModel sumOfTwoOrFewer() {
    return LinearModel.regressor(Features.unnamed(2), true, new double[] {1, 1}, 0);
  }

  /** 150 columns, of which the sum is predicted. */
  public static LinearModel sumOf150() {
    double[] ones = new double[150];
    Arrays.fill(ones, 1);
    return LinearModel.regressor(Features.unnamed(150), false, ones, 0);
  }

  /** Two airlines, two flight types, three months and a distance; late in month 7. */
  public static LinearModel named() {
    return LinearModel.classifier(
        Features.named(
            List.of(
                "OPERA_Grupo LATAM",
                "OPERA_Sky Airline",
                "TIPOVUELO_I",
                "TIPOVUELO_N",
                "MES_6",
                "MES_7",
                "MES_8",
                "DISTANCE")),
        DELAYED,
        new double[] {0, 0, 0, 0, 0, 2, 0, 0},
        -1);
  }

  /** {@code 0,0,..}: as many zeros, a one at position {@code one}. */
  public static String zeros(int count, int one) {
    return String.join(",", IntStream.range(0, count).mapToObj(i -> i == one ? "1" : "0").toList());
  }
}
