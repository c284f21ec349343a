package dev.flightdelay.predictor.sklearn.kernelridge;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code kernel_ridge}. */
public final class KernelRidgeFamily {

  public static final Family FAMILY =
      Family.builder().model(KernelRidge::read, "KernelRidge", "sklearn.kernel_ridge").build();

  private KernelRidgeFamily() {}
}
