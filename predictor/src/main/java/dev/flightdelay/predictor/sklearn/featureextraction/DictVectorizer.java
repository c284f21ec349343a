package dev.flightdelay.predictor.sklearn.featureextraction;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * DictVectorizer: of a dictionary a name with a number is a column, and a name with a text is the
 * column of both, which is 1; {@code _transform} in scikit-learn's {@code
 * feature_extraction/_dict_vectorizer.py}. What it does not know, and what a row lacks, is in no
 * column.
 *
 * @param features the names
 * @param fields for each of them its columns
 */
record DictVectorizer(
    Features features, int width, boolean isSparse, boolean isFloat32, List<Field> fields)
    implements Transformer {

  private static final int NO_COLUMN = -1;

  /** The columns of a name: of its number, and of each of its texts. */
  private static final class Field {
    private int ofNumber = NO_COLUMN;
    private final Map<String, Integer> ofText = new HashMap<>();
  }

  /** Reads {@code vocabulary_}, {@code separator}, {@code sparse} and {@code dtype}. */
  static Transformer read(Attributes attributes) {
    String separator = attributes.text("separator").orElse("=");
    String[] byColumn = columns(attributes);
    Map<String, Field> fields = new LinkedHashMap<>();
    Map<Integer, Object> samples = new HashMap<>();
    Set<Integer> textual = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (int column = 0; column < byColumn.length; column++) {
      String name = byColumn[column];
      int end = separator.isEmpty() ? -1 : name.indexOf(separator);
      Field field =
          fields.computeIfAbsent(end < 0 ? name : name.substring(0, end), _ -> new Field());
      if (end < 0) {
        field.ofNumber = column;
      } else {
        String text = name.substring(end + separator.length());
        field.ofText.put(text, column);
        texts.add(text);
      }
    }
    int position = 0;
    for (Field field : fields.values()) {
      if (!field.ofText.isEmpty()) {
        textual.add(position);
        samples.put(position, field.ofText.keySet().iterator().next());
      }
      position++;
    }
    Features features =
        Features.named(List.copyOf(fields.keySet()))
            .withTexts(textual)
            .withSamples(samples)
            .withAbsent(noneOf(texts));
    return new DictVectorizer(
        features,
        byColumn.length,
        attributes.flag("sparse", true),
        isFloat32(attributes),
        List.copyOf(fields.values()));
  }

  /** The names of all columns in their order. */
  private static String[] columns(Attributes attributes) {
    if (!(attributes.value("vocabulary_").orElse(null) instanceof Map<?, ?> vocabulary)
        || vocabulary.isEmpty()
        || vocabulary.size() > TextVectorizer.MAX_WIDTH) {
      throw attributes.invalid(
          Reason.STATE_INVALID, "vocabulary_ is no dictionary of names and their columns");
    }
    String[] names = new String[vocabulary.size()];
    vocabulary.forEach(
        (name, column) -> {
          if (!(NumpyScalar.unwrap(name) instanceof String text)
              || !(NumpyScalar.unwrap(column) instanceof Long position)
              || position < 0
              || position >= names.length
              || names[position.intValue()] != null) {
            throw attributes.invalid(Reason.MODEL_INVALID, "vocabulary_ is no order of names");
          }
          names[position.intValue()] = text;
        });
    return names;
  }

  private static boolean isFloat32(Attributes attributes) {
    Object dtype = attributes.value("dtype").orElse(null);
    if (dtype == null || dtype instanceof GlobalName type && type.name().equals("float64")) {
      return false;
    }
    if (dtype instanceof GlobalName type && type.name().equals("float32")) {
      return true;
    }
    throw attributes.invalid(
        Reason.UNSUPPORTED, "its dtype is neither numpy.float64 nor numpy.float32");
  }

  /** A text that is none of these. */
  private static String noneOf(Set<String> texts) {
    StringBuilder none = new StringBuilder();
    while (texts.contains(none.toString())) {
      none.append('\0');
    }
    return none.toString();
  }

  @Override
  public boolean acceptsMissing() {
    return true;
  }

  /** What comes behind is asked of each value: a name that has texts alone has no missing one. */
  @Override
  public boolean givesMissing() {
    return false;
  }

  @Override
  public Rows transform(Rows rows) {
    return cells(rows).dense();
  }

  @Override
  public Table apply(Table table) {
    SparseRows cells = cells(table.dense());
    return isSparse ? cells : new Rows(cells.dense().values(), cells.count(), width);
  }

  private SparseRows cells(Rows rows) {
    SparseRows.Builder cells = new SparseRows.Builder(rows.count(), width);
    // A row's columns in their order, each with which of the fields it comes from.
    long[] found = new long[fields.size()];
    for (int row = 0; row < rows.count(); row++) {
      int count = 0;
      for (int i = 0; i < found.length; i++) {
        int column = column(rows, row, i);
        if (column >= 0) {
          found[count++] = (long) column << Integer.SIZE | i;
        }
      }
      Arrays.sort(found, 0, count);
      for (int i = 0; i < count; i++) {
        int field = (int) found[i];
        double value = rows.text(row, field) == null ? rows.get(row, field) : 1;
        cells.add((int) (found[i] >> Integer.SIZE), isFloat32 ? (float) value : value);
      }
      cells.endRow();
    }
    return cells.rows();
  }

  private int column(Rows rows, int row, int field) {
    String text = rows.text(row, field);
    return text == null
        ? fields.get(field).ofNumber
        : fields.get(field).ofText.getOrDefault(text, NO_COLUMN);
  }
}
