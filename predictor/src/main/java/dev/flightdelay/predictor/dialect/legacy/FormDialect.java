package dev.flightdelay.predictor.dialect.legacy;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.GivenColumns;
import dev.flightdelay.predictor.dialect.MediaType;
import dev.flightdelay.predictor.dialect.NamedFields;
import dev.flightdelay.predictor.dialect.Pages;
import dev.flightdelay.predictor.dialect.PredictRequest;
import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.json.MalformedJsonException;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A form with a field per feature, {@code POST /predict} and {@code POST /Predecir}: answers with
 * the page.
 *
 * <p>Fields are named {@code var1..varN} or {@code x0..x(N-1)} by position or, where the model has
 * names, by feature or one-hot group.
 */
public final class FormDialect implements Dialect {

  /**
   * The form that an earlier server had for its model of 37 features: 36 fields, of which it passed
   * var24 twice.
   */
  private static final int DOUBLED_FIELD = 24;

  private static final String PAGE = "form";

  /** The columns of that model. */
  public static final int WIDTH_OF_DOUBLED = 37;

  private final String name;
  private final String path;
  private final Features features;
  private final boolean acceptsMissing;
  private final NamedFields fields;
  private final Pages pages;
  private final int maxFields;

  /** The page's own form, at the path of {@link DataDialect}, whose operation tells of both. */
  public static FormDialect ofPage(DialectSettings settings, Pages pages) {
    return new FormDialect(PAGE, "/predict", settings, pages);
  }

  /** The form of an earlier page, with numbered fields. */
  public static FormDialect numbered(DialectSettings settings, Pages pages) {
    return new FormDialect("predecir", "/Predecir", settings, pages);
  }

  private FormDialect(String name, String path, DialectSettings settings, Pages pages) {
    Signature signature = settings.signature();
    this.name = name;
    this.path = path;
    this.features = signature.features();
    this.acceptsMissing = signature.acceptsMissing();
    this.fields = new NamedFields(features);
    this.pages = pages;
    this.maxFields = features.count() + features.groups().size();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<At> paths() {
    return List.of(new At(path, "", ""));
  }

  @Override
  public String operation() {
    return name.equals(PAGE) ? "" : Dialect.super.operation();
  }

  @Override
  public boolean accepts(MediaType type, Body body) {
    return type == MediaType.FORM || type == MediaType.ABSENT;
  }

  @Override
  public String accepted() {
    return "application/x-www-form-urlencoded: a field per feature";
  }

  @Override
  public boolean answersHtml() {
    return true;
  }

  @Override
  public PredictRequest read(Body body) {
    Map<String, String> entered = FormText.fields(body, maxFields);
    Rows rows = row(entered);
    return new PredictRequest(
        rows, true, true, false, (scores, out) -> out.raw(pages.answered(entered, rows, scores)));
  }

  @Override
  public void refuse(Body body, int status, String message, JsonWriter out) {
    Map<String, String> entered;
    try {
      entered = FormText.fields(body, maxFields);
    } catch (RefusedRequestException unreadable) {
      entered = Map.of();
    }
    out.raw(pages.refused(entered, message));
  }

  private Rows row(Map<String, String> entered) {
    if (entered.isEmpty()) {
      throw new RefusedRequestException(400, "the form has no fields");
    }
    if (entered.containsKey("var1") && !fields.has("var1")) {
      return byPosition(entered, "var", 1);
    }
    if (entered.containsKey("x0") && !fields.has("x0")) {
      return byPosition(entered, "x", 0);
    }
    if (!features.hasNames()) {
      throw new RefusedRequestException(
          400,
          "the form has no field var1 or x0; send var1..var%1$d, or x0..x%2$d"
              .formatted(features.count(), features.count() - 1));
    }
    return byName(entered);
  }

  private Rows byPosition(Map<String, String> entered, String prefix, int first) {
    int width = features.count();
    boolean doubled =
        first == 1
            && width == WIDTH_OF_DOUBLED
            && entered.size() == width - 1
            && !entered.containsKey(prefix + width);
    double[] row = new double[width];
    String[] texts = texts();
    int column = 0;
    for (int number = first; column < width; number++) {
      String field = prefix + number;
      String text = entered.get(field);
      if (text == null) {
        throw new UnusableRowsException(
            "the field %s is missing; the model takes %s%d..%s%d"
                .formatted(field, prefix, first, prefix, first + width - 1));
      }
      row[column] = value(field, text, column, texts);
      column++;
      if (doubled && number == DOUBLED_FIELD) {
        row[column] = row[column - 1];
        column++;
      }
    }
    if (!doubled && entered.size() > width) {
      for (String field : entered.keySet()) {
        if (!isPosition(field, prefix, first, width)) {
          throw new UnusableRowsException(
              "the model has no field %s; it takes %s%d..%s%d"
                  .formatted(Quoted.text(field), prefix, first, prefix, first + width - 1));
        }
      }
    }
    return new Rows(row, texts, 1, width);
  }

  private static boolean isPosition(String field, String prefix, int first, int width) {
    for (int i = first; i < first + width; i++) {
      if (field.equals(prefix + i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * An empty group is none of its categories. A page sends its groups' single columns too: empty
   * ones are ignored, others override what the group says of that column.
   */
  private Rows byName(Map<String, String> entered) {
    double[] row = new double[features.count()];
    String[] texts = texts();
    GivenColumns given = fields.noneGiven();
    boolean[] byGroup = new boolean[row.length];
    entered.forEach(
        (field, text) -> {
          if (fields.field(field, "") instanceof NamedFields.Group group) {
            if (!text.isEmpty()) {
              row[fields.category(group, "", text)] = 1;
            }
            for (int column : group.group().columns()) {
              byGroup[column] = true;
              given.give(column);
            }
          }
        });
    entered.forEach(
        (field, text) -> {
          if (fields.field(field, "") instanceof NamedFields.Column(int column)) {
            if (byGroup[column] && text.isBlank()) {
              return;
            }
            row[column] = value(field, text, column, texts);
            given.give(column);
          }
        });
    if (!given.areAll()) {
      throw fields.missing(given, "");
    }
    return new Rows(row, texts, 1, row.length);
  }

  private String[] texts() {
    return features.takeTexts() || features.absent() != null ? new String[features.count()] : null;
  }

  /**
   * What a form sends is text: in a column that takes texts it is one, unless it is empty. In one
   * that is not looked at it is nothing.
   */
  private double value(String field, String text, int column, String[] texts) {
    if (features.isDropped(column)) {
      return 0;
    }
    if (features.absent() != null && text.isBlank()) {
      texts[column] = features.absent();
      return 0;
    }
    boolean takesText = texts != null && features.takesText(column);
    if (!takesText || text.isBlank() && !features.takesDocument(column)) {
      return number(field, text);
    }
    texts[column] = text;
    return 0;
  }

  private double number(String field, String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      if (acceptsMissing) {
        return Double.NaN;
      }
      throw new UnusableRowsException("the field " + Quoted.text(field) + " is empty");
    }
    byte[] bytes = trimmed.getBytes(StandardCharsets.UTF_8);
    try {
      JsonReader json = new JsonReader(bytes, 0, bytes.length);
      double value = json.number();
      json.end();
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (MalformedJsonException notNumber) {
      // The caller learns which field it was, rather than which byte of it.
    }
    throw new UnusableRowsException(
        "the field %s is %s; it must be a finite number"
            .formatted(Quoted.text(field), Quoted.text(text)));
  }
}
