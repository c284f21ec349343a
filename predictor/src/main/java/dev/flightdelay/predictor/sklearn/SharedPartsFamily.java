package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.estimator.Family;

/** What estimators of several scikit-learn packages have in their pickles. */
public final class SharedPartsFamily {

  public static final Family FAMILY =
      Family.builder()
          .part(
              "a classifier's labels",
              "LabelBinarizer",
              "sklearn.preprocessing._label",
              "sklearn.preprocessing.label")
          .part(
              "a classifier's labels",
              "LabelEncoder",
              "sklearn.preprocessing._label",
              "sklearn.preprocessing.label")
          .function("a dictionary", OrderedDictionary::of, "OrderedDict", "collections")
          .function("a dictionary", OrderedDictionary::withDefault, "defaultdict", "collections")
          .value("what a defaultdict makes", "builtins", "list")
          .value("what a defaultdict makes", "__builtin__", "list")
          .unread("estimators by their names", "sklearn.utils._bunch", "Bunch")
          .unread("estimators by their names", "sklearn.utils", "Bunch")
          .value("what a defaultdict makes", "builtins", "list", "dict")
          .value("what a defaultdict makes", "__builtin__", "list", "dict")
          .unread(
              "how a loss was computed while fitting",
              "sklearn._loss._loss",
              "CyHalfBinomialLoss",
              "CyHalfSquaredError",
              "CyHuberLoss")
          .unread(
              "which arguments a search passed on while fitting",
              "sklearn.utils._metadata_requests",
              "MetadataRequest",
              "MethodMetadataRequest")
          .unread(
              "how data were split while fitting",
              "sklearn.model_selection._split",
              "KFold",
              "StratifiedKFold",
              "GroupKFold",
              "ShuffleSplit",
              "StratifiedShuffleSplit",
              "TimeSeriesSplit",
              "RepeatedKFold",
              "RepeatedStratifiedKFold")
          .build();

  private SharedPartsFamily() {}
}
