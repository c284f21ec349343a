package dev.flightdelay.predictor.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The columns of a row, in order: how many there are and, where the pickle has {@code
 * feature_names_in_}, their names and the one-hot groups among them.
 */
public final class Features {

  /**
   * Columns that one-hot encoding made of one categorical column: {@code MES_1 .. MES_12} are the
   * group {@code MES} with the categories {@code 1 .. 12}.
   *
   * @param name what the columns' names have in common before the last underscore of it
   * @param categories the rest of each column's name, in column order
   * @param columns the position of each category's column in a row
   */
  public record Group(String name, List<String> categories, List<Integer> columns) {
    public Group {
      categories = List.copyOf(categories);
      columns = List.copyOf(columns);
    }
  }

  private final int count;
  private final List<String> names;
  private final Map<String, Integer> byName;
  private final Map<String, Group> groups;
  private final Set<Integer> texts;
  private final Set<Integer> documents;
  private final Map<Integer, Object> samples;

  private Features(int count, List<String> names) {
    this.count = count;
    this.texts = Set.of();
    this.documents = Set.of();
    this.samples = Map.of();
    this.names = List.copyOf(names);
    Map<String, Integer> positions = HashMap.newHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      if (positions.put(names.get(i), i) != null) {
        throw new IllegalArgumentException("the feature name '" + names.get(i) + "' occurs twice");
      }
    }
    this.byName = Map.copyOf(positions);
    this.groups = groups(this.names, byName);
  }

  private Features(
      Features other, Set<Integer> texts, Set<Integer> documents, Map<Integer, Object> samples) {
    this.count = other.count;
    this.names = other.names;
    this.byName = other.byName;
    this.groups = other.groups;
    this.texts = Set.copyOf(texts);
    this.documents = Set.copyOf(documents);
    this.samples = Map.copyOf(samples);
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

  /** The same columns, of which these take texts, such as the categories that an encoder knows. */
  public Features withTexts(Set<Integer> columns) {
    return new Features(this, columns, documents, samples);
  }

  /**
   * The same columns, of which these take nothing but texts: whole ones, whose words are counted.
   */
  public Features withDocuments(Set<Integer> columns) {
    Set<Integer> all = new HashSet<>(texts);
    all.addAll(columns);
    return new Features(this, all, columns, samples);
  }

  /** Whether a cell of that column must be a text. */
  public boolean takesDocument(int column) {
    return documents.contains(column);
  }

  /** Whether a row is one text and nothing else. */
  public boolean isDocument() {
    return count == 1 && takesDocument(0);
  }

  /** Whether a cell of that column may be a text; it may be a number all the same. */
  public boolean takesText(int column) {
    return texts.contains(column);
  }

  /** Whether any column takes texts. */
  public boolean takeTexts() {
    return !texts.isEmpty();
  }

  /**
   * The same columns with a value for each that needs one which the model knows.
   *
   * @param values by column: a {@link String} where it takes texts, else a {@link Double}
   */
  public Features withSamples(Map<Integer, ?> values) {
    return new Features(this, texts, documents, Map.copyOf(values));
  }

  /** The value that stands for the column in {@link #sample()}; null for a zero. */
  public Object sample(int column) {
    return samples.get(column);
  }

  /** A row that the model can answer, as far as it is known: zeros, and known categories. */
  public Rows sample() {
    double[] values = new double[count];
    String[] cells = takeTexts() ? new String[count] : null;
    samples.forEach(
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
  public Map<String, Group> groups() {
    return groups;
  }

  /** What to call column {@code i} in a message: its name, or its position. */
  public String describe(int i) {
    return hasNames() ? "'" + names.get(i) + "'" : String.valueOf(i);
  }

  private static Map<String, Group> groups(List<String> names, Map<String, Integer> byName) {
    Map<String, List<Integer>> byFirstWord = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      int underscore = names.get(i).indexOf('_');
      if (underscore > 0 && underscore < names.get(i).length() - 1) {
        byFirstWord
            .computeIfAbsent(names.get(i).substring(0, underscore), word -> new ArrayList<>())
            .add(i);
      }
    }
    Map<String, Group> groups = new LinkedHashMap<>();
    for (List<Integer> columns : byFirstWord.values()) {
      if (columns.size() < 2) {
        continue;
      }
      // flight_type_I and flight_type_N share more than the first word.
      String prefix = commonPrefix(names, columns);
      String name = prefix.substring(0, prefix.lastIndexOf('_'));
      if (byName.containsKey(name)) {
        continue;
      }
      List<String> categories =
          columns.stream().map(column -> names.get(column).substring(name.length() + 1)).toList();
      groups.put(name, new Group(name, categories, columns));
    }
    return java.util.Collections.unmodifiableMap(groups);
  }

  private static String commonPrefix(List<String> names, List<Integer> columns) {
    String prefix = names.get(columns.getFirst());
    for (int column : columns) {
      String name = names.get(column);
      int length = 0;
      int limit = Math.min(prefix.length(), name.length());
      while (length < limit && prefix.charAt(length) == name.charAt(length)) {
        length++;
      }
      prefix = prefix.substring(0, length);
    }
    return prefix;
  }
}
