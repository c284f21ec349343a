package dev.flightdelay.predictor.page;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.OneHotGroup;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a person fills in: a number, or a choice between the categories of a one-hot group. */
sealed interface Field {

  /** What the field is sent as, and called. */
  String name();

  /** The element's id: never made of a name, which may be anything. */
  String id();

  /** The value of one column. */
  record Number(String name, int column) implements Field {
    @Override
    public String id() {
      return "f" + column;
    }
  }

  /**
   * One category of a group.
   *
   * @param columns the group's columns as numbers, in the order of its categories
   */
  record Choice(String name, List<String> categories, List<Number> columns) implements Field {
    @Override
    public String id() {
      return "g" + columns.getFirst().column();
    }
  }

  /**
   * The fields in the order of the columns, a group being where its first column is; there are none
   * for columns that are not looked at. Columns without names are called {@code var1 .. varN}.
   */
  static List<Field> of(Signature signature) {
    Features features = signature.features();
    Set<Integer> grouped = new HashSet<>();
    Field[] byFirstColumn = new Field[features.count()];
    for (OneHotGroup group : features.groups().values()) {
      List<Number> columns =
          group.columns().stream()
              .map(column -> new Number(features.names().get(column), column))
              .toList();
      byFirstColumn[group.columns().getFirst()] =
          new Choice(group.name(), group.categories(), columns);
      grouped.addAll(group.columns());
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < byFirstColumn.length; i++) {
      if (byFirstColumn[i] != null) {
        fields.add(byFirstColumn[i]);
      } else if (!grouped.contains(i) && !features.isDropped(i)) {
        fields.add(new Number(columnName(features, i), i));
      }
    }
    return List.copyOf(fields);
  }

  /** What a column is called in a form. */
  static String columnName(Features features, int column) {
    return features.hasNames() ? features.names().get(column) : "var" + (column + 1);
  }
}
