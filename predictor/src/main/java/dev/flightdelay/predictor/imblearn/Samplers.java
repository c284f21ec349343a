package dev.flightdelay.predictor.imblearn;

import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The samplers: classes of which only the name is asked, as no answer comes from them. */
final class Samplers {

  private static final String WHY = "which rows a model is fitted with";

  private static final String SMOTE = "SMOTE";
  private static final String BORDERLINE = "BorderlineSMOTE";
  private static final String SVM = "SVMSMOTE";
  private static final String K_MEANS = "KMeansSMOTE";

  /** By module: until 0.5 these had no underscore, and from 0.9 on SMOTE's are several. */
  private static final Map<String, List<String>> BY_MODULE =
      Map.ofEntries(
          Map.entry("over_sampling._smote.base", List.of(SMOTE, "SMOTENC", "SMOTEN")),
          Map.entry("over_sampling._smote.filter", List.of(BORDERLINE, SVM)),
          Map.entry("over_sampling._smote.cluster", List.of(K_MEANS)),
          Map.entry("over_sampling._smote", List.of(SMOTE, "SMOTENC", BORDERLINE, SVM, K_MEANS)),
          Map.entry("over_sampling._adasyn", List.of("ADASYN")),
          Map.entry("over_sampling._random_over_sampler", List.of("RandomOverSampler")),
          Map.entry("combine._smote_enn", List.of("SMOTEENN")),
          Map.entry("combine._smote_tomek", List.of("SMOTETomek")),
          Map.entry(
              "under_sampling._prototype_generation._cluster_centroids",
              List.of("ClusterCentroids")),
          Map.entry(
              "under_sampling._prototype_selection._condensed_nearest_neighbour",
              List.of("CondensedNearestNeighbour")),
          Map.entry(
              "under_sampling._prototype_selection._edited_nearest_neighbours",
              List.of("EditedNearestNeighbours", "RepeatedEditedNearestNeighbours", "AllKNN")),
          Map.entry(
              "under_sampling._prototype_selection._instance_hardness_threshold",
              List.of("InstanceHardnessThreshold")),
          Map.entry("under_sampling._prototype_selection._nearmiss", List.of("NearMiss")),
          Map.entry(
              "under_sampling._prototype_selection._neighbourhood_cleaning_rule",
              List.of("NeighbourhoodCleaningRule")),
          Map.entry(
              "under_sampling._prototype_selection._one_sided_selection",
              List.of("OneSidedSelection")),
          Map.entry(
              "under_sampling._prototype_selection._random_under_sampler",
              List.of("RandomUnderSampler")),
          Map.entry("under_sampling._prototype_selection._tomek_links", List.of("TomekLinks")));

  private static final Set<GlobalName> ALL =
      BY_MODULE.entrySet().stream()
          .flatMap(
              entry ->
                  modules(entry.getKey())
                      .flatMap(
                          module ->
                              entry.getValue().stream().map(name -> new GlobalName(module, name))))
          .collect(Collectors.toUnmodifiableSet());

  private Samplers() {}

  private static Stream<String> modules(String module) {
    return Stream.of("imblearn." + module, "imblearn." + module.replace("._", ".")).distinct();
  }

  static boolean are(GlobalName type) {
    return ALL.contains(type);
  }

  /** Adds the lines of the samplers, and of what they look for neighbours with, to a family. */
  static Family.Builder add(Family.Builder family) {
    for (GlobalName sampler : ALL) {
      family.unread(WHY, sampler.module(), sampler.name());
    }
    return family
        .unread(WHY, "sklearn.neighbors._unsupervised", "NearestNeighbors")
        .unread(WHY, "sklearn.neighbors.unsupervised", "NearestNeighbors")
        .unread(WHY, "imblearn.metrics.pairwise", "ValueDifferenceMetric");
  }
}
