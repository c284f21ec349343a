package dev.flightdelay.predictor.model;

import java.util.List;

/**
 * The categories that a file has for a column.
 *
 * @param values texts, as {@link String}, and numbers, as {@link Double}
 * @param missing whether a missing value is one of them
 * @param only whether a row with another one is refused
 */
public record KnownCategories(List<Object> values, boolean missing, boolean only) {

  public KnownCategories {
    values = List.copyOf(values);
  }
}
