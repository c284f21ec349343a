package dev.flightdelay.predictor.sklearn.svm;

import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.sklearn.linearmodel.LinearRegressor;

/** scikit-learn's {@code svm}. */
public final class SvmFamily {

  private static final String[] CLASSES = {"sklearn.svm._classes", "sklearn.svm.classes"};

  public static final Family FAMILY =
      Family.builder()
          .model(SVC::read, "SVC", CLASSES)
          .model(SVC::read, "NuSVC", CLASSES)
          .model(SVR::read, "SVR", CLASSES)
          .model(SVR::read, "NuSVR", CLASSES)
          .model(OneClassSVM::read, "OneClassSVM", CLASSES)
          .model(LinearSVC::read, "LinearSVC", CLASSES)
          .model(LinearRegressor::read, "LinearSVR", CLASSES)
          .build();

  private SvmFamily() {}
}
