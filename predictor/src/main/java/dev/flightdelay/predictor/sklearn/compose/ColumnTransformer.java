package dev.flightdelay.predictor.sklearn.compose;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.KnownCategories;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.sklearn.Passthrough;
import dev.flightdelay.predictor.sklearn.SideBySide;
import dev.flightdelay.predictor.sklearn.StepInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** ColumnTransformer: transformers of some columns each, side by side in their order. */
final class ColumnTransformer implements Transformer {

  /**
   * @param transformer null where the columns pass as they are
   */
  private record Part(String name, Transformer transformer, int[] columns, double weight) {

    int width() {
      return transformer == null ? columns.length : transformer.width();
    }
  }

  private final Features features;
  private final int width;
  private final List<Part> parts;
  private final boolean givesSparse;

  private ColumnTransformer(Features features, int width, List<Part> parts, boolean givesSparse) {
    this.features = features;
    this.width = width;
    this.parts = parts;
    this.givesSparse = givesSparse;
  }

  /**
   * Reads the fitted {@code transformers_}, tuples of name, transformer and columns, and {@code
   * sparse_output_}: whether few enough cells were not zero while fitting ({@code
   * sparse_threshold}) for a sparse matrix.
   */
  static Transformer read(Attributes attributes) {
    ColumnNames names = ColumnNames.read(attributes);
    Map<?, ?> weights =
        attributes.value("transformer_weights").orElse(null) instanceof Map<?, ?> map
            ? map
            : Map.of();
    List<Part> parts = new ArrayList<>();
    long width = 0;
    for (Object item : attributes.list("transformers_")) {
      if (!(item instanceof Object[] triple)
          || triple.length != 3
          || !(triple[0] instanceof String name)) {
        throw attributes.invalid(
            Reason.STATE_INVALID, "transformers_ is not made of a name, a transformer and columns");
      }
      if (triple[1] == null || "drop".equals(triple[1])) {
        continue;
      }
      int[] columns = names.columns(attributes, name, triple[2]);
      if (columns.length == 0) {
        continue;
      }
      Transformer transformer =
          "passthrough".equals(triple[1])
              ? null
              : attributes.transformer(
                  triple[1], "the transformer '" + name + "'", OptionalInt.of(columns.length));
      if (transformer != null && transformer.features().count() != columns.length) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "the transformer '%s' takes %d columns and is given %d"
                .formatted(name, transformer.features().count(), columns.length));
      }
      // From scikit-learn 1.4 on the fitted file has a function that does nothing for these.
      Transformer done = transformer instanceof Passthrough ? null : transformer;
      Part part = new Part(name, done, columns, SideBySide.weight(attributes, weights, name));
      parts.add(part);
      width += part.width();
      // Before the next: columns that only pass need nothing in the file for each of them.
      SideBySide.requireWidth(attributes, width);
    }
    if (width < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "its transformers give no columns");
    }
    return new ColumnTransformer(
        described(names.features(), parts),
        (int) width,
        parts,
        attributes.flag("sparse_output_", false));
  }

  private static Features described(Features features, List<Part> parts) {
    Set<Integer> texts = new HashSet<>();
    Set<Integer> documents = new HashSet<>();
    Map<Integer, Object> samples = new HashMap<>();
    Map<Integer, KnownCategories> categories = new HashMap<>();
    for (Part part : parts) {
      if (part.transformer() == null) {
        continue;
      }
      Features own = part.transformer().features();
      for (int i = 0; i < part.columns().length; i++) {
        if (own.takesText(i)) {
          texts.add(part.columns()[i]);
        }
        if (own.takesDocument(i)) {
          documents.add(part.columns()[i]);
        }
        if (own.sample(i) != null) {
          samples.put(part.columns()[i], own.sample(i));
        }
        if (own.categories(i) != null) {
          categories.put(part.columns()[i], own.categories(i));
        }
      }
    }
    return features
        .withTexts(texts)
        .withDocuments(documents)
        .withSamples(samples)
        .withCategories(categories)
        .withDropped(dropped(features, parts));
  }

  /** The columns that no part has: scikit-learn takes rows without them, or with anything there. */
  private static Set<Integer> dropped(Features features, List<Part> parts) {
    Set<Integer> dropped = new HashSet<>();
    for (int column = 0; column < features.count(); column++) {
      dropped.add(column);
    }
    for (Part part : parts) {
      for (int column : part.columns()) {
        dropped.remove(column);
      }
    }
    return dropped;
  }

  @Override
  public Features features() {
    return features;
  }

  /** A column that passes takes what it takes there. */
  @Override
  public Features features(Features next) {
    int[] places = new int[features.count()];
    Arrays.fill(places, -1);
    int filled = 0;
    for (Part part : parts) {
      for (int i = 0; part.transformer() == null && i < part.columns().length; i++) {
        places[part.columns()[i]] = filled + i;
      }
      filled += part.width();
    }
    return features.withTextsOf(next, column -> places[column]);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int source(int column) {
    int at = column;
    for (Part part : parts) {
      if (at < part.width()) {
        int own = part.transformer() == null ? at : part.transformer().source(at);
        return own < 0 ? -1 : part.columns()[own];
      }
      at -= part.width();
    }
    return -1;
  }

  @Override
  public boolean acceptsMissing() {
    return parts.stream()
        .anyMatch(part -> part.transformer() == null || part.transformer().acceptsMissing());
  }

  /** Not if any of its transformers makes something of a missing value. */
  @Override
  public boolean givesMissing() {
    return parts.stream()
        .map(Part::transformer)
        .noneMatch(part -> part != null && part.acceptsMissing() && !part.givesMissing());
  }

  @Override
  public Optional<int[]> sources() {
    int[] sources = new int[width];
    int filled = 0;
    for (Part part : parts) {
      Optional<int[]> own =
          part.transformer() == null
              ? Transformer.sources(part.columns().length, 1)
              : part.transformer().sources();
      if (own.isEmpty()) {
        return own;
      }
      for (int source : own.get()) {
        sources[filled++] = part.columns()[source];
      }
    }
    return Optional.of(sources);
  }

  @Override
  public Rows transform(Rows rows) {
    return apply(rows).dense();
  }

  @Override
  public Table apply(Table table) {
    SideBySide result = new SideBySide(table.count(), width);
    for (Part part : parts) {
      Table own =
          switch (table) {
            case Rows rows -> select(rows, part.columns());
            case SparseRows rows -> rows.select(part.columns());
          };
      result.add(part.transformer() == null ? own : transform(part, own), part.weight());
    }
    return givesSparse ? result.sparse() : result.dense();
  }

  private Table transform(Part part, Table own) {
    Transformer transformer = part.transformer();
    try {
      StepInput.check(own, transformer.features(), transformer.acceptsMissing(), part.name());
      return transformer.apply(own);
    } catch (UnusableRowsException unusable) {
      if (unusable.namesCell() && unusable.column() < part.columns().length) {
        throw unusable.at(features, unusable.row(), part.columns()[unusable.column()]);
      }
      throw unusable;
    }
  }

  private static Rows select(Rows rows, int[] columns) {
    int count = rows.count();
    double[] values = new double[count * columns.length];
    String[] texts = rows.texts() == null ? null : new String[values.length];
    boolean anyText = false;
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < columns.length; i++) {
        int from = row * rows.width() + columns[i];
        values[row * columns.length + i] = rows.values()[from];
        if (texts != null && rows.texts()[from] != null) {
          texts[row * columns.length + i] = rows.texts()[from];
          anyText = true;
        }
      }
    }
    return new Rows(values, anyText ? texts : null, count, columns.length);
  }
}
