package dev.flightdelay.predictor.sklearn.pipeline;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.sklearn.Passthrough;
import dev.flightdelay.predictor.sklearn.SideBySide;
import dev.flightdelay.predictor.sklearn.StepInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** FeatureUnion: what several transformers make of the same columns, side by side. */
record FeatureUnion(
    Features features,
    int width,
    boolean acceptsMissing,
    boolean givesMissing,
    List<Transformer> transformers,
    List<String> names,
    double[] weights)
    implements Transformer {

  /** Reads {@code transformer_list} and {@code transformer_weights}. */
  static Transformer read(Attributes attributes) {
    List<Transformer> transformers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int passing = 0;
    for (Object item : attributes.list("transformer_list")) {
      Object[] pair = Steps.pair(attributes, item);
      String name = String.valueOf(pair[0]);
      if (pair[1] == null || "drop".equals(pair[1])) {
        continue;
      }
      boolean passes = "passthrough".equals(pair[1]);
      passing += passes ? 1 : 0;
      transformers.add(
          passes
              ? null
              : attributes.transformer(pair[1], "'" + name + "'", attributes.givenWidth()));
      names.add(name);
    }
    if (transformers.size() == passing) {
      throw attributes.invalid(Reason.UNSUPPORTED, "a FeatureUnion without transformers");
    }
    Features features =
        transformers.stream().filter(t -> t != null).findFirst().orElseThrow().features();
    SideBySide.requireWidth(attributes, (long) passing * features.count());
    Set<Integer> texts = new HashSet<>();
    Set<Integer> documents = new HashSet<>();
    Set<Integer> dropped = new HashSet<>();
    for (int i = 0; i < transformers.size(); i++) {
      if (transformers.get(i) == null) {
        transformers.set(i, new Passthrough(Features.unnamed(features.count())));
      }
      Features own = transformers.get(i).features();
      Steps.requireWidth(attributes, names.get(i), own.count(), features.count());
      for (int column = 0; column < own.count(); column++) {
        if (own.takesText(column)) {
          texts.add(column);
        }
        if (own.takesDocument(column)) {
          documents.add(column);
        }
      }
    }
    for (int column = 0; column < features.count(); column++) {
      int place = column;
      if (transformers.stream().allMatch(own -> own.features().isDropped(place))) {
        dropped.add(column);
      }
    }
    double[] weights = new double[names.size()];
    Map<?, ?> given =
        attributes.value("transformer_weights").orElse(null) instanceof Map<?, ?> map
            ? map
            : Map.of();
    for (int i = 0; i < weights.length; i++) {
      weights[i] = SideBySide.weight(attributes, given, names.get(i));
    }
    return new FeatureUnion(
        features.withTexts(texts).withDocuments(documents).withDropped(dropped),
        SideBySide.width(attributes, transformers),
        transformers.stream().allMatch(Transformer::acceptsMissing),
        transformers.stream().anyMatch(Transformer::givesMissing),
        List.copyOf(transformers),
        List.copyOf(names),
        weights);
  }

  @Override
  public int source(int column) {
    int at = column;
    for (Transformer transformer : transformers) {
      if (at < transformer.width()) {
        return transformer.source(at);
      }
      at -= transformer.width();
    }
    return -1;
  }

  @Override
  public Optional<int[]> sources() {
    int[] sources = new int[width];
    int filled = 0;
    for (Transformer transformer : transformers) {
      Optional<int[]> own = transformer.sources();
      if (own.isEmpty()) {
        return own;
      }
      System.arraycopy(own.get(), 0, sources, filled, transformer.width());
      filled += transformer.width();
    }
    return Optional.of(sources);
  }

  @Override
  public Rows transform(Rows rows) {
    return apply(rows).dense();
  }

  @Override
  public Table apply(Table rows) {
    SideBySide result = new SideBySide(rows.count(), width);
    for (int i = 0; i < transformers.size(); i++) {
      Transformer transformer = transformers.get(i);
      StepInput.check(rows, transformer.features(), transformer.acceptsMissing(), names.get(i));
      result.add(transformer.apply(rows), weights[i]);
    }
    return result.table();
  }
}
