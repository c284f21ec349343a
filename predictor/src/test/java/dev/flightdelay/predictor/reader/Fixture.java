package dev.flightdelay.predictor.reader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * A pickle of a reference library, rows, and what the library answered: every one that lies in a
 * folder {@code src/test/resources/parity*}, either as {@code <case>.pkl} beside {@code
 * <case>.json} (inputs, expected; optional entry and tolerance), or as a folder with {@code
 * model.pkl} and {@code case.json}, or {@code input.csv} and {@code expected.json}. A new one is
 * found without being listed anywhere; and those of {@link KindsTest}.
 *
 * @param entry where in the file the estimator is; empty if it is the only one
 * @param inputs rows, null being a missing value
 * @param expected predict, and what else the estimator has
 * @param tolerance of numbers, relative to those above 1
 */
record Fixture(Path pickle, String entry, JsonNode inputs, JsonNode expected, double tolerance) {

  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final JsonMapper JSON = new JsonMapper();

  static List<Fixture> all() throws IOException {
    List<Fixture> all = new ArrayList<>();
    for (Path folder : list(RESOURCES)) {
      if (!folder.getFileName().toString().startsWith("parity")) {
        continue;
      }
      for (Path path : list(folder)) {
        if (Files.isDirectory(path)) {
          all.add(ofFolder(path));
        } else if (path.toString().endsWith(".json")) {
          JsonNode about = JSON.readTree(path);
          if (about.has("expected")) {
            Path pickle = Path.of(path.toString().replaceFirst("json$", "pkl"));
            all.add(of(pickle, about));
          }
        }
      }
    }
    addKinds(all);
    return all;
  }

  /** Those of {@link KindsTest} that are pickles, and whose rows are not given by name. */
  private static void addKinds(List<Fixture> all) throws IOException {
    for (Path kind : list(RESOURCES.resolve("kinds"))) {
      if (!Files.isDirectory(kind)) {
        continue;
      }
      for (Path path : list(kind)) {
        Path expectation = Path.of(path.toString().replaceFirst("\\.pkl(\\.gz)?$", ".expect.json"));
        if (path.equals(expectation) || !Files.exists(expectation)) {
          continue;
        }
        JsonNode about = JSON.readTree(expectation);
        if (about.has("expected") && !about.get("rows").path(0).isObject()) {
          all.add(of(path, about));
        }
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    }
  }

  private static Fixture ofFolder(Path folder) throws IOException {
    Path pickle = folder.resolve("model.pkl");
    Path described = folder.resolve("case.json");
    if (Files.exists(described)) {
      return of(pickle, JSON.readTree(described));
    }
    return new Fixture(
        pickle,
        "",
        rows(folder.resolve("input.csv")),
        JSON.readTree(folder.resolve("expected.json")),
        tolerance(pickle));
  }

  private static Fixture of(Path pickle, JsonNode about) {
    return new Fixture(
        pickle,
        about.has("entry") ? about.get("entry").asString() : "",
        about.get(about.has("rows") ? "rows" : "inputs"),
        about.get("expected"),
        about.has("tolerance") ? about.get("tolerance").asDouble() : tolerance(pickle));
  }

  /** What is computed in float32 agrees to six digits. */
  private static double tolerance(Path pickle) {
    String path = pickle.toString();
    return path.contains("xgboost")
            || path.contains("boosting-init-l")
            || path.contains("count-float")
        ? 1e-6
        : 1e-9;
  }

  private static JsonNode rows(Path csv) throws IOException {
    ArrayNode rows = JSON.createArrayNode();
    List<String> lines = Files.readAllLines(csv);
    // The first line names the columns.
    for (String line : lines.subList(1, lines.size())) {
      ArrayNode row = rows.addArray();
      for (String number : line.split(",", -1)) {
        if (number.isEmpty()) {
          row.addNull();
        } else {
          row.add(Double.parseDouble(number));
        }
      }
    }
    return rows;
  }

  byte[] bytes() {
    try {
      return Files.readAllBytes(pickle);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows, also where one feature was given without a list around it. */
  ArrayNode matrix() {
    ArrayNode rows = JSON.createArrayNode();
    for (JsonNode row : inputs) {
      if (row.isArray()) {
        rows.add(row);
      } else {
        rows.addArray().add(row);
      }
    }
    return rows;
  }
}
