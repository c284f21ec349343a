package dev.flightdelay.predictor.command;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How rows, and answers to them, may be written. */
enum RowFormat {
  CSV("csv"),
  JSON("json"),
  JSON_LINES("jsonl"),
  PARQUET("parquet");

  private final String option;

  RowFormat(String option) {
    this.option = option;
  }

  /** The name that options have for it. */
  String option() {
    return option;
  }

  static RowFormat ofInput(String option) {
    return of("--input", option, values());
  }

  static RowFormat ofOutput(String option) {
    return of("--output", option, CSV, JSON, JSON_LINES);
  }

  private static RowFormat of(String name, String option, RowFormat... formats) {
    return Arrays.stream(formats)
        .filter(format -> format.option.equals(option))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    "%s takes %s"
                        .formatted(
                            name,
                            Stream.of(formats)
                                .map(RowFormat::option)
                                .collect(Collectors.joining(", ")))));
  }
}
