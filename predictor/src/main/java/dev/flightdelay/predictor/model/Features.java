package dev.flightdelay.predictor.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * The columns of a row, in order: how many there are and, where the pickle has {@code
 * feature_names_in_}, their names and the one-hot groups among them; which of them take texts, and
 * which are not looked at.
 */
public final class Features {

  /** What is known of the columns beside how many there are and how they are called. */
  private record Kinds(
      Set<Integer> texts,
      Set<Integer> documents,
      Set<Integer> dropped,
      Set<Integer> codes,
      Map<Integer, Object> samples,
      Map<Integer, KnownCategories> categories,
      boolean spacesBecameUnderscores,
      String absent) {

    static final Kinds NUMBERS =
        new Kinds(Set.of(), Set.of(), Set.of(), Set.of(), Map.of(), Map.of(), false, null);

    Kinds {
      texts = Set.copyOf(texts);
      documents = Set.copyOf(documents);
      dropped = Set.copyOf(dropped);
      codes = Set.copyOf(codes);
      samples = Map.copyOf(samples);
      categories = Map.copyOf(categories);
    }

    Kinds withTexts(Set<Integer> columns) {
      return new Kinds(
          columns, documents, dropped, codes, samples, categories, spacesBecameUnderscores, absent);
    }

    /** A document is a text too. */
    Kinds withDocuments(Set<Integer> columns) {
      Set<Integer> all = new HashSet<>(texts);
      all.addAll(columns);
      return new Kinds(
          all, columns, dropped, codes, samples, categories, spacesBecameUnderscores, absent);
    }

    Kinds withDropped(Set<Integer> columns) {
      return new Kinds(
          texts, documents, columns, codes, samples, categories, spacesBecameUnderscores, absent);
    }

    Kinds withCodes(Set<Integer> columns) {
      return new Kinds(
          texts, documents, dropped, columns, samples, categories, spacesBecameUnderscores, absent);
    }

    Kinds withSamples(Map<Integer, Object> values) {
      return new Kinds(
          texts, documents, dropped, codes, values, categories, spacesBecameUnderscores, absent);
    }

    Kinds withCategories(Map<Integer, KnownCategories> known) {
      return new Kinds(
          texts, documents, dropped, codes, samples, known, spacesBecameUnderscores, absent);
    }

    Kinds withUnderscoresForSpaces() {
      return new Kinds(texts, documents, dropped, codes, samples, categories, true, absent);
    }

    Kinds withAbsent(String text) {
      return new Kinds(
          texts, documents, dropped, codes, samples, categories, spacesBecameUnderscores, text);
    }
  }

  private final int count;
  private final List<String> names;
  private final Map<String, Integer> byName;
  private final Map<String, OneHotGroup> groups;
  private final Kinds kinds;

  private Features(int count, List<String> names) {
    this.count = count;
    this.names = List.copyOf(names);
    Map<String, Integer> positions = HashMap.newHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      if (positions.put(names.get(i), i) != null) {
        throw new IllegalArgumentException("the feature name '" + names.get(i) + "' occurs twice");
      }
    }
    this.byName = Map.copyOf(positions);
    this.groups = OneHotGroups.byNames(this.names);
    this.kinds = Kinds.NUMBERS;
  }

  private Features(Features other, Map<String, OneHotGroup> groups, Kinds kinds) {
    this.count = other.count;
    this.names = other.names;
    this.byName = other.byName;
    this.groups = groups;
    this.kinds = kinds;
  }

  /** Columns without names. */
  public static Features unnamed(int count) {
    return new Features(count, List.of());
  }

  /** Columns with names, which must all differ. */
  public static Features named(List<String> names) {
    return new Features(names.size(), names);
  }

  /** The width of a row. */
  public int count() {
    return count;
  }

  /** The names in column order; empty where the pickle has none. */
  public List<String> names() {
    return names;
  }

  public boolean hasNames() {
    return !names.isEmpty();
  }

  /** The column of that name. */
  public OptionalInt column(String name) {
    Integer column = byName.get(name);
    return column == null ? OptionalInt.empty() : OptionalInt.of(column);
  }

  /**
   * The same columns, whose names had spaces before their library made underscores of them, as
   * LightGBM does: either name is right.
   */
  public Features withUnderscoresForSpaces() {
    return new Features(this, groups, kinds.withUnderscoresForSpaces());
  }

  /** What a column is called here that a caller calls {@code name}. */
  public String ownName(String name) {
    return kinds.spacesBecameUnderscores && !byName.containsKey(name)
        ? name.replace(' ', '_')
        : name;
  }

  /**
   * The same columns with the one-hot groups that a model's comparisons show, or do not deny.
   *
   * @param splits tells every number that the model compares a column with
   */
  public Features withSplits(Splits splits) {
    return names.isEmpty()
        ? this
        : new Features(this, withoutDropped(OneHotGroups.bySplits(names, splits)), kinds);
  }

  /**
   * The same columns, of which these are not looked at: whatever is sent there is right, and where
   * rows are given by name they may be left out.
   */
  public Features withDropped(Set<Integer> columns) {
    Features same = new Features(this, groups, kinds.withDropped(columns));
    return new Features(same, same.withoutDropped(groups), same.kinds);
  }

  private Map<String, OneHotGroup> withoutDropped(Map<String, OneHotGroup> all) {
    Map<String, OneHotGroup> kept = new LinkedHashMap<>(all);
    kept.values().removeIf(group -> group.columns().stream().anyMatch(this::isDropped));
    return Collections.unmodifiableMap(kept);
  }

  /** Whether that column is not looked at. */
  public boolean isDropped(int column) {
    return kinds.dropped.contains(column);
  }

  /** Whether there are columns that are not looked at. */
  public boolean haveDropped() {
    return !kinds.dropped.isEmpty();
  }

  /** How many columns are looked at. */
  public int needed() {
    return count - kinds.dropped.size();
  }

  /**
   * The same columns of rows that are dictionaries: one that is given by name may lack any of them
   * and may have others, which are not looked at. What it lacks is a cell with this text, which
   * means nothing in any column. There are no one-hot groups among them.
   */
  public Features withAbsent(String text) {
    return new Features(this, Map.of(), kinds.withAbsent(text));
  }

  /** What a cell is that a row lacks; null where a row has all of them. */
  public String absent() {
    return kinds.absent;
  }

  /** The same columns, of which these take texts, such as the categories that an encoder knows. */
  public Features withTexts(Set<Integer> columns) {
    return new Features(this, groups, kinds.withTexts(columns));
  }

  /**
   * The same columns, of which these take nothing but texts: whole ones, whose words are counted.
   */
  public Features withDocuments(Set<Integer> columns) {
    return new Features(this, groups, kinds.withDocuments(columns));
  }

  /** Whether a cell of that column must be a text. */
  public boolean takesDocument(int column) {
    return kinds.documents.contains(column);
  }

  /** Whether a row is one text and nothing else. */
  public boolean isDocument() {
    return count == 1 && takesDocument(0);
  }

  /** Whether a cell of that column may be a text; it may be a number all the same. */
  public boolean takesText(int column) {
    return kinds.texts.contains(column);
  }

  /** Whether any column takes texts. */
  public boolean takeTexts() {
    return !kinds.texts.isEmpty();
  }

  /**
   * The same columns with a value for each that needs one which the model knows.
   *
   * @param values by column: a {@link String} where it takes texts, else a {@link Double}
   */
  public Features withSamples(Map<Integer, ?> values) {
    return new Features(this, groups, kinds.withSamples(Map.copyOf(values)));
  }

  /** The same columns with the categories that the file has for some. */
  public Features withCategories(Map<Integer, KnownCategories> known) {
    return new Features(this, groups, kinds.withCategories(known));
  }

  /** The categories that the file has for a column; null where it has none. */
  public KnownCategories categories(int column) {
    return kinds.categories.get(column);
  }

  /** The same columns, of which these take the codes of categories that the file does not have. */
  public Features withCodes(Set<Integer> columns) {
    return new Features(this, groups, kinds.withCodes(columns));
  }

  /** Whether a cell of that column is the code that a category had while training. */
  public boolean takesCode(int column) {
    return kinds.codes.contains(column);
  }

  /**
   * The same columns, of which some take the texts and codes that other columns take, too.
   *
   * @param places the columns that these are among the others; below 0 for none
   */
  public Features withTextsOf(Features others, IntUnaryOperator places) {
    Set<Integer> allTexts = new HashSet<>(kinds.texts);
    Set<Integer> allCodes = new HashSet<>(kinds.codes);
    Map<Integer, Object> allSamples = new HashMap<>(kinds.samples);
    Map<Integer, KnownCategories> allCategories = new HashMap<>(kinds.categories);
    for (int column = 0; column < count; column++) {
      int place = places.applyAsInt(column);
      if (place >= 0 && others.takesText(place)) {
        allTexts.add(column);
      }
      if (place >= 0 && others.takesCode(place)) {
        allCodes.add(column);
      }
      if (place >= 0 && others.sample(place) != null) {
        allSamples.putIfAbsent(column, others.sample(place));
      }
      if (place >= 0 && others.categories(place) != null) {
        allCategories.putIfAbsent(column, others.categories(place));
      }
    }
    return withTexts(allTexts)
        .withCodes(allCodes)
        .withSamples(allSamples)
        .withCategories(allCategories);
  }

  /** The value that stands for the column in {@link #sample()}; null for a zero. */
  public Object sample(int column) {
    return kinds.samples.get(column);
  }

  /** A row that the model can answer, as far as it is known: zeros, and known categories. */
  public Rows sample() {
    double[] values = new double[count];
    String[] cells = takeTexts() ? new String[count] : null;
    kinds.samples.forEach(
        (column, value) -> {
          switch (value) {
            case String text when cells != null -> cells[column] = text;
            case Double number -> values[column] = number;
            default -> {}
          }
        });
    return new Rows(values, cells, 1, count);
  }

  /** The one-hot groups by name, in column order. */
  public Map<String, OneHotGroup> groups() {
    return groups;
  }

  /** What to call column {@code i} in a message: its name, or its position. */
  public String describe(int i) {
    return hasNames() ? "'" + names.get(i) + "'" : String.valueOf(i);
  }
}
