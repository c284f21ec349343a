package dev.flightdelay.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The sample's flights, with what scikit-learn predicts for them.
 *
 * @param features one row of 37 numbers a flight
 * @param classes the class of each flight, by the model's SHA-256
 * @param probabilities the probability of class 1, by the model's SHA-256
 */
record Flights(
    List<List<Double>> features,
    Map<String, List<Double>> classes,
    Map<String, List<Double>> probabilities) {

  private static final int FEATURES = 37;

  /** Every n-th flight of the sample, {@code rows} altogether. */
  static Flights ofSample(Path root, int rows) {
    Path sample = root.resolve("predictor/samples/flight-delay");
    List<List<Double>> first = read(sample.resolve("expected.csv"), rows);
    List<List<Double>> second = read(sample.resolve("expected-v2.csv"), rows);
    return new Flights(
        first.stream().map(row -> row.subList(0, FEATURES)).toList(),
        Map.of(
            SampleModel.V1.sha256(),
            column(first, 37),
            SampleModel.V2.sha256(),
            column(second, 37)),
        Map.of(
            SampleModel.V1.sha256(),
            column(first, 39),
            SampleModel.V2.sha256(),
            column(second, 39)));
  }

  /** The flights for which both models predict this class. */
  List<Integer> predictedByBoth(double wanted) {
    List<Integer> flights = new ArrayList<>();
    for (int flight = 0; flight < features.size(); flight++) {
      int index = flight;
      if (classes.values().stream().allMatch(predicted -> predicted.get(index) == wanted)) {
        flights.add(flight);
      }
    }
    return flights;
  }

  private static List<List<Double>> read(Path file, int rows) {
    try {
      List<String> lines = Files.readAllLines(file);
      int step = Math.max(1, (lines.size() - 1) / rows);
      List<List<Double>> flights = new ArrayList<>();
      for (int line = 1; line < lines.size() && flights.size() < rows; line += step) {
        flights.add(Arrays.stream(lines.get(line).split(",")).map(Double::valueOf).toList());
      }
      return flights;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Double> column(List<List<Double>> rows, int column) {
    return rows.stream().map(row -> row.get(column)).toList();
  }
}
