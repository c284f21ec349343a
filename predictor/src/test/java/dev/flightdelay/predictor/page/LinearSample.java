package dev.flightdelay.predictor.page;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.LinearTerms;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.model.Signature;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A linear model made on the spot: it really scores, so that pages have something to show. */
record LinearSample(Signature signature, double[][] coefficients, double[] intercepts)
    implements Model, LinearTerms {

  static final RowBudget BUDGET = new RowBudget(RowCost.of(40), RowBudget.DEFAULT_MAX_COST);

  /** The columns of one-hot encoded flights: 37, in three groups. */
  static final List<String> FLIGHTS =
      Stream.of(
              Stream.of(
                      "Aerolineas Argentinas", "Air Canada", "Copa Air", "Grupo LATAM", "JetSmart")
                  .map(airline -> "OPERA_" + airline),
              IntStream.range(0, 18).mapToObj(i -> "OPERA_Airline " + (char) ('A' + i)),
              Stream.of("TIPOVUELO_I", "TIPOVUELO_N"),
              IntStream.rangeClosed(1, 12).mapToObj(month -> "MES_" + month))
          .flatMap(names -> names)
          .toList();

  /** A binary classifier with the classes 0 and 1. */
  static ServedModel flights() {
    return served("flights", binary(Features.named(FLIGHTS), integers(2)));
  }

  /** The same without names. */
  static ServedModel unnamedFlights() {
    return served("unnamed", binary(Features.unnamed(37), integers(2)));
  }

  static ServedModel delays() {
    return served(
        "delays",
        of(signature("LinearRegression", Features.unnamed(150), Optional.empty(), false), 1));
  }

  /** A classifier with a probability for each of its classes. */
  static ServedModel airports(Features features, List<String> classes) {
    Labels labels = new Labels(Labels.Kind.TEXT, classes);
    return served(
        "airports",
        of(signature("LogisticRegression", features, Optional.of(labels), false), classes.size()));
  }

  /** A regressor that takes missing values as 0. */
  static ServedModel tolerant(Features features) {
    return served(
        "tolerant", of(signature("TolerantRegression", features, Optional.empty(), true), 1));
  }

  static ServedModel served(String name, Model model) {
    return new ServedModel(
        name,
        "v1",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "file:sample.pkl",
        model,
        BUDGET);
  }

  static LinearSample binary(Features features, Labels labels) {
    return of(signature("LogisticRegression", features, Optional.of(labels), false), 1);
  }

  static Labels integers(int count) {
    return new Labels(
        Labels.Kind.INTEGER, IntStream.range(0, count).mapToObj(Long::valueOf).toList());
  }

  private static Signature signature(
      String estimator, Features features, Optional<Labels> labels, boolean missing) {
    int decisions = labels.map(l -> l.size() == 2 ? 1 : l.size()).orElse(0);
    return Signature.of(estimator, "scikit-learn", Optional.of("1.7.2"), features)
        .classes(labels.stream().toList())
        .outputs(1)
        .hasProbabilities(labels.isPresent())
        .decisionWidth(decisions)
        .acceptsMissing(missing)
        .build();
  }

  private static LinearSample of(Signature signature, int scores) {
    int sums = signature.labels().map(labels -> labels.size() == 2 ? 1 : scores).orElse(1);
    double[][] coefficients = new double[sums][signature.features().count()];
    double[] intercepts = new double[sums];
    for (int sum = 0; sum < sums; sum++) {
      intercepts[sum] = -0.3 + 0.1 * sum;
      for (int i = 0; i < coefficients[sum].length; i++) {
        coefficients[sum][i] = 1.3 * Math.sin(1 + 2.1 * i + sum);
      }
    }
    return new LinearSample(signature, coefficients, intercepts);
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    for (int row = from; row < to; row++) {
      double[] sums = new double[intercepts.length];
      for (int sum = 0; sum < sums.length; sum++) {
        sums[sum] = intercepts[sum];
        for (double term : products(rows, row, sum)) {
          sums[sum] += term;
        }
      }
      if (scores.values() != null) {
        scores.values()[row] = sums[0];
      } else if (sums.length == 1) {
        double second = 1 / (1 + Math.exp(-sums[0]));
        scores.labels()[row] = sums[0] > 0 ? 1 : 0;
        write(scores.probabilities(), row, 1 - second, second);
        write(scores.decisions(), row, sums[0]);
      } else {
        double total = 0;
        double[] probabilities = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
          probabilities[i] = Math.exp(sums[i]);
          total += probabilities[i];
          scores.labels()[row] = sums[i] > sums[scores.labels()[row]] ? i : scores.labels()[row];
        }
        for (int i = 0; i < sums.length; i++) {
          probabilities[i] /= total;
        }
        write(scores.probabilities(), row, probabilities);
        write(scores.decisions(), row, sums);
      }
    }
  }

  @Override
  public double[] terms(Rows rows, int row, int label) {
    return products(rows, row, intercepts.length == 1 ? 0 : label);
  }

  private double[] products(Rows rows, int row, int sum) {
    return IntStream.range(0, rows.width())
        .mapToDouble(
            i -> Double.isNaN(rows.get(row, i)) ? 0 : coefficients[sum][i] * rows.get(row, i))
        .toArray();
  }

  private static void write(double[] all, int row, double... numbers) {
    if (all != null) {
      System.arraycopy(numbers, 0, all, row * numbers.length, numbers.length);
    }
  }
}
