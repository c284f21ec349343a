package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.OneHotGroup;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names that a row given by name may use: the features, and the one-hot groups among them. */
public final class NamedFields {

  /** What a name stands for. */
  public sealed interface Field permits Column, Group {}

  /** A feature. */
  public record Column(int index) implements Field {}

  /** A one-hot group: its columns by category. */
  public record Group(OneHotGroup group, Map<String, Integer> columns) implements Field {}

  private final Features features;
  private final Map<String, Field> fields = new HashMap<>();
  private final String[] groupOfColumn;
  private final boolean[] dropped;

  public NamedFields(Features features) {
    this.features = features;
    this.groupOfColumn = new String[features.count()];
    this.dropped = features.haveDropped() ? new boolean[features.count()] : null;
    for (int i = 0; dropped != null && i < dropped.length; i++) {
      dropped[i] = features.isDropped(i);
    }
    for (OneHotGroup group : features.groups().values()) {
      Map<String, Integer> columns = new HashMap<>();
      for (int i = 0; i < group.categories().size(); i++) {
        columns.put(group.categories().get(i), group.columns().get(i));
        groupOfColumn[group.columns().get(i)] = group.name();
      }
      fields.put(group.name(), new Group(group, columns));
    }
    for (int i = 0; i < features.names().size(); i++) {
      fields.put(features.names().get(i), new Column(i));
    }
  }

  public Field field(String name, String where) {
    Field field = fields.get(features.ownName(name));
    if (field == null) {
      throw new UnusableRowsException(
          where + "the model has no feature " + Quoted.text(name) + "; it has " + expected());
    }
    return field;
  }

  /** The columns of a row of which none is given yet. */
  public GivenColumns noneGiven() {
    return new GivenColumns(features.count(), features.needed(), dropped);
  }

  public boolean has(String name) {
    return fields.containsKey(features.ownName(name));
  }

  /** The column of a category; {@code texts} are ways to write it, of which one must be there. */
  public int category(Group group, String where, String... texts) {
    for (String text : texts) {
      Integer column = group.columns().get(text);
      if (column != null) {
        return column;
      }
    }
    throw new UnusableRowsException(
        where
            + Quoted.text(texts[0])
            + " is no category of "
            + Quoted.text(group.group().name())
            + "; it has "
            + Quoted.names(group.group().categories()));
  }

  /** Ways in which a category that is a number may be named in a column. */
  public static String[] categoryTexts(double number) {
    String real = Double.toString(number);
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? new String[] {Long.toString((long) number), real}
        : new String[] {real};
  }

  /** Refuses a row that lacks features, naming a group where all of its columns are lacking. */
  public UnusableRowsException missing(GivenColumns given, String where) {
    List<String> missing = new ArrayList<>();
    List<String> namedGroups = new ArrayList<>();
    for (int i = 0; i < features.count(); i++) {
      if (given.has(i) || features.isDropped(i)) {
        continue;
      }
      String group = groupOfColumn[i];
      if (group == null || anyGiven(group, given)) {
        missing.add(features.names().get(i));
      } else if (!namedGroups.contains(group)) {
        namedGroups.add(group);
        missing.add(group);
      }
    }
    return new UnusableRowsException(
        where
            + (missing.size() == 1 ? "the feature " : "the features ")
            + Quoted.names(missing)
            + (missing.size() == 1 ? " is missing" : " are missing"));
  }

  private boolean anyGiven(String group, GivenColumns given) {
    for (int column : features.groups().get(group).columns()) {
      if (given.has(column)) {
        return true;
      }
    }
    return false;
  }

  private String expected() {
    List<String> names = new ArrayList<>(features.groups().keySet());
    for (int i = 0; i < features.count(); i++) {
      if (groupOfColumn[i] == null && !features.isDropped(i)) {
        names.add(features.names().get(i));
      }
    }
    return Quoted.names(names);
  }
}
