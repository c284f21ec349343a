package dev.flightdelay.predictor.score;

import dev.flightdelay.predictor.dialect.GivenColumns;
import dev.flightdelay.predictor.dialect.NamedFields;
import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the columns of a file are to the model: by name where it has names, else in its order.
 * Others are handed on to the answers, or refused.
 */
public final class RowColumns {

  /** What is done with a column. */
  private sealed interface Use {}

  private record Taken(NamedFields.Field field) implements Use {}

  /** Handed on, as the column of this place among those that are. */
  private record HandedOn(int index) implements Use {}

  private final Features features;
  private final boolean acceptsMissing;
  private final NamedFields fields;
  private final List<String> names;
  private final String place;
  private final List<Use> uses = new ArrayList<>();
  private final List<String> passedNames = new ArrayList<>();
  private final int[] absent;
  private RowBatch batch;

  /**
   * @param names of the file's columns
   * @param place what rows are counted by, for messages: {@code line} or {@code row}
   * @param strict whether other columns than the model's are refused
   * @throws UnusableRowsException if columns are missing, given twice, or refused
   */
  public RowColumns(Signature signature, List<String> names, String place, boolean strict) {
    this.features = signature.features();
    this.acceptsMissing = signature.acceptsMissing();
    this.fields = new NamedFields(features);
    this.names = List.copyOf(names);
    this.place = place;
    GivenColumns given = fields.noneGiven();
    if (!features.hasNames() && names.size() != features.count()) {
      throw new UnusableRowsException(
          "there are %d columns; the model has no names for its own, and takes %d"
              .formatted(names.size(), features.count()));
    }
    for (int i = 0; i < names.size(); i++) {
      uses.add(use(i, given, strict));
    }
    if (!given.areAll() && features.absent() == null) {
      throw fields.missing(given, "");
    }
    absent =
        features.absent() == null
            ? new int[0]
            : java.util.stream.IntStream.range(0, features.count())
                .filter(column -> !given.has(column))
                .toArray();
  }

  private Use use(int i, GivenColumns given, boolean strict) {
    if (!features.hasNames()) {
      given.give(i);
      return new Taken(new NamedFields.Column(i));
    }
    String name = names.get(i);
    if (!fields.has(name)) {
      if (strict) {
        // Its sentence names what the model has.
        fields.field(name, "");
      }
      passedNames.add(name);
      return new HandedOn(passedNames.size() - 1);
    }
    NamedFields.Field field = fields.field(name, "");
    switch (field) {
      case NamedFields.Column(int index) -> give(index, given);
      case NamedFields.Group group -> group.group().columns().forEach(index -> give(index, given));
    }
    return new Taken(field);
  }

  private void give(int column, GivenColumns given) {
    if (!given.give(column)) {
      throw new UnusableRowsException(
          "the feature " + features.describe(column) + " is given twice");
    }
  }

  /** How many columns the file has. */
  public int count() {
    return names.size();
  }

  /** An empty batch, which the following cells go into. */
  public RowBatch begin() {
    batch = new RowBatch(features.count(), place, passedNames);
    return batch;
  }

  /** Begins a row. */
  public void row(long at) {
    batch.add(at);
    for (int column : absent) {
      batch.text(column, features.absent());
    }
    if (!passedNames.isEmpty()) {
      for (int i = 0; i < passedNames.size(); i++) {
        batch.pass(i, Passed.missing());
      }
    }
  }

  /** A cell of CSV, which says itself what it is: a number, a text, or nothing. */
  public void written(int column, String text) {
    switch (uses.get(column)) {
      case HandedOn(int index) -> batch.pass(index, Passed.text(text));
      case Taken(NamedFields.Column(int index)) when features.isDropped(index) -> {}
      case Taken(NamedFields.Column(int index)) when features.takesDocument(index) ->
          batch.text(index, text);
      case Taken _ when isMissing(text) -> missing(column);
      case Taken(NamedFields.Column(int index)) when features.takesText(index) ->
          batch.text(index, text);
      case Taken(NamedFields.Column(int index)) -> {
        double number = number(text.strip());
        if (!Double.isNaN(number)) {
          batch.value(index, number);
        } else {
          other(column, index, text);
        }
      }
      case Taken(NamedFields.Group group) -> {
        String category = text.strip();
        double number = number(category);
        batch.value(
            group.columns().containsKey(category) || Double.isNaN(number)
                ? fields.category(group, where(column), category)
                : fields.category(group, where(column), alternatives(category, number)),
            1);
      }
    }
  }

  /** A number. */
  public void number(int column, double number, String text) {
    switch (uses.get(column)) {
      case HandedOn(int index) -> batch.pass(index, Passed.json(text));
      case Taken(NamedFields.Column(int index)) when features.isDropped(index) -> {}
      case Taken(NamedFields.Column(int index)) when features.takesDocument(index) ->
          throw refused(column, "is the number " + text + "; it must be a text");
      case Taken _ when Double.isNaN(number) -> missing(column);
      case Taken _ when Double.isInfinite(number) ->
          throw refused(column, "is " + text + "; it must be a finite number");
      case Taken(NamedFields.Column(int index)) -> batch.value(index, number);
      case Taken(NamedFields.Group group) ->
          batch.value(fields.category(group, where(column), NamedFields.categoryTexts(number)), 1);
    }
  }

  /** A text, also where it could be read as a number. */
  public void text(int column, String text) {
    switch (uses.get(column)) {
      case HandedOn(int index) -> batch.pass(index, Passed.text(text));
      case Taken(NamedFields.Column(int index)) when features.isDropped(index) -> {}
      case Taken(NamedFields.Column(int index))
          when features.takesText(index) || features.takesDocument(index) ->
          batch.text(index, text);
      case Taken(NamedFields.Column(int index)) -> other(column, index, text);
      case Taken(NamedFields.Group group) ->
          batch.value(fields.category(group, where(column), text), 1);
    }
  }

  /** True or false: 1 or 0. */
  public void bool(int column, boolean value) {
    switch (uses.get(column)) {
      case HandedOn(int index) -> batch.pass(index, Passed.json(String.valueOf(value)));
      case Taken(NamedFields.Group group) ->
          batch.value(
              value
                  ? fields.category(group, where(column), "True", "true")
                  : fields.category(group, where(column), "False", "false"),
              1);
      case Taken _ -> number(column, value ? 1 : 0, String.valueOf(value));
    }
  }

  /** What is neither, in its JSON: it can be handed on only. */
  public void structure(int column, String json) {
    switch (uses.get(column)) {
      case HandedOn(int index) -> batch.pass(index, Passed.json(json));
      case Taken(NamedFields.Column(int index)) when features.isDropped(index) -> {}
      case Taken _ -> throw refused(column, "is an array or an object; it must be one value");
    }
  }

  /** No value. */
  public void missing(int column) {
    switch (uses.get(column)) {
      case HandedOn(int index) -> batch.pass(index, Passed.missing());
      case Taken(NamedFields.Column(int index)) when features.isDropped(index) -> {}
      case Taken(NamedFields.Column(int index)) when features.absent() != null ->
          batch.text(index, features.absent());
      case Taken _ when !acceptsMissing ->
          throw refused(column, "is empty, and this model takes no missing values");
      case Taken(NamedFields.Column(int index)) -> batch.value(index, Double.NaN);
      // What one-hot encoding makes of a missing category: zeros.
      case Taken(NamedFields.Group _) -> {}
    }
  }

  /** A text where the model counts features by their texts; else it is refused. */
  private void other(int column, int index, String text) {
    if (features.absent() == null) {
      throw refused(column, "is " + Quoted.text(text) + "; it must be a finite number");
    }
    batch.text(index, text);
  }

  private String where(int column) {
    return "%s, column %s: "
        .formatted(batch.place(batch.count() - 1), Quoted.text(names.get(column)));
  }

  private UnusableRowsException refused(int column, String what) {
    return new UnusableRowsException(
        "%s, column %s %s"
            .formatted(batch.place(batch.count() - 1), Quoted.text(names.get(column)), what));
  }

  private static boolean isMissing(String text) {
    return text.isBlank() || text.equalsIgnoreCase("nan");
  }

  /** True and False are 1 and 0, as pandas writes and reads them; NaN where it is no number. */
  private static double number(String text) {
    if (text.equalsIgnoreCase("true")) {
      return 1;
    }
    if (text.equalsIgnoreCase("false")) {
      return 0;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Java reads 1d and 0x1p3 too, which no CSV means.
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Double.NaN;
      }
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isInfinite(number) ? Double.NaN : number;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** {@code 7} and {@code 7.0} mean one category; true is not another way to write 1. */
  private static String[] alternatives(String category, double number) {
    if (Character.isLetter(category.charAt(0))) {
      return new String[] {category};
    }
    String[] written = NamedFields.categoryTexts(number);
    String[] all = Arrays.copyOf(written, written.length + 1);
    all[written.length] = category;
    return all;
  }
}
