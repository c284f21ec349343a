package dev.flightdelay.predictor.model;

import java.util.List;

/**
 * Columns that one-hot encoding made of one categorical column: {@code MES_1 .. MES_12} are the
 * group {@code MES} with the categories {@code 1 .. 12}.
 *
 * @param name what the columns' names have in common before the last underscore of it
 * @param categories the rest of each column's name, in column order
 * @param columns the position of each category's column in a row
 */
public record OneHotGroup(String name, List<String> categories, List<Integer> columns) {

  public OneHotGroup {
    categories = List.copyOf(categories);
    columns = List.copyOf(columns);
  }
}
