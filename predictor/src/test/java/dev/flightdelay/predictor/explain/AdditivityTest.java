package dev.flightdelay.predictor.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.flightdelay.predictor.SharedMaterial;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Base and contributions sum to what the model answers, whatever the row. */
class AdditivityTest {

  /** {@code -Dexplanations.rows=10000} looks longer. */
  private static final int ROWS = Integer.getInteger("explanations.rows", 1000);

  @ParameterizedTest
  @MethodSource("cases")
  void contributionsSumToTheAnswer(Path file) throws IOException {
    Model model = LibraryExplanationsTest.model(file);
    assumeThat(model.explanations()).isInstanceOf(Explainer.class);

    assertSums(model, around(LibraryExplanationsTest.rows(json(file))), file.toString());
  }

  @Test
  void contributionsSumToTheAnswersOfModelsBesideTheCheckout() throws IOException {
    int explained = 0;
    try (Stream<Path> files = Files.walk(SharedMaterial.path("models"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Model model;
        try {
          model = ModelReader.read(Files.readAllBytes(file), "").model();
        } catch (ModelRefusedException refused) {
          continue;
        }
        if (model.explanations() instanceof Explainer) {
          explained++;
          assertSums(model, around(model.signature().features().sample()), file.toString());
        }
      }
    }
    assertThat(explained).isGreaterThan(30);
  }

  private static tools.jackson.databind.JsonNode json(Path file) {
    return LibraryExplanationsTest.json(file).get("rows");
  }

  /** Rows whose cells are those of some rows, half of the numbers moved. */
  private static Rows around(Rows given) {
    Random random = new Random(1);
    int width = given.width();
    double[] values = new double[ROWS * width];
    String[] texts = given.texts() == null ? null : new String[values.length];
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < width; column++) {
        int from = random.nextInt(given.count());
        double value = given.get(from, column);
        boolean isWhole = value == Math.rint(value);
        values[row * width + column] =
            random.nextBoolean() || isWhole ? value : value + random.nextGaussian();
        if (texts != null) {
          texts[row * width + column] = given.text(from, column);
        }
      }
    }
    return new Rows(values, texts, ROWS, width);
  }

  private static void assertSums(Model model, Rows rows, String which) {
    Explainer explainer = (Explainer) model.explanations();
    int outputs = explainer.outputs();
    int width = rows.width();
    double[] contributions = new double[rows.count() * width * outputs];
    explainer.explain(rows, 0, rows.count(), contributions);
    Scores scores = model.score(rows);
    double[] base = explainer.base();
    // XGBoost's answers are float32; so are they behind the steps of a pipeline.
    boolean isSingle =
        model.signature().library().equals("xgboost") || which.contains("pipeline-sparse");
    double tolerance = isSingle ? 1e-4 : 1e-9;
    for (int row = 0; row < rows.count(); row++) {
      double[] sums = base.clone();
      double scale = 1;
      for (int column = 0; column < width; column++) {
        for (int output = 0; output < outputs; output++) {
          double part = contributions[(row * width + column) * outputs + output];
          sums[output] += part;
          scale = Math.max(scale, Math.abs(part) * width);
        }
      }
      assertAnswer(model.signature(), explainer, scores, row, sums, tolerance * scale, which);
    }
  }

  private static void assertAnswer(
      Signature signature,
      Explainer explainer,
      Scores scores,
      int row,
      double[] sums,
      double tolerance,
      String which) {
    double[] answers = answers(signature, explainer, scores);
    if (answers == null) {
      assertThat(largest(sums))
          .as("%s, row %d", which, row)
          .isEqualTo(scores.labels()[row * signature.outputs()]);
      return;
    }
    for (int output = 0; output < sums.length; output++) {
      double sum =
          switch (explainer.space()) {
            case LOG -> Math.exp(sums[output]);
            case LOG_ODDS ->
                answers == scores.probabilities()
                    ? 1 / (1 + Math.exp(-sums[output]))
                    : sums[output];
            case MARGIN, PROBABILITY, VALUE -> sums[output];
          };
      int at =
          explainer.space() == Explainer.Space.LOG_ODDS && answers == scores.probabilities()
              ? 2 * output + 1
              : output;
      int step = answers.length / scores.count();
      assertThat(Math.abs(sum - answers[row * step + at]))
          .as("%s, row %d, output %d: %s for %s", which, row, output, sum, answers[row * step + at])
          .isLessThanOrEqualTo(
              tolerance * Math.max(1, explainer.space() == Explainer.Space.LOG ? sum : 1));
    }
  }

  /** Null where nothing but the label shows the sums. */
  private static double[] answers(Signature signature, Explainer explainer, Scores scores) {
    return switch (explainer.space()) {
      case PROBABILITY -> scores.probabilities();
      case VALUE, LOG -> scores.values();
      case LOG_ODDS -> {
        if (scores.decisions() != null) {
          yield scores.decisions();
        }
        yield scores.probabilities() == null ? scores.values() : scores.probabilities();
      }
      case MARGIN -> scores.decisions();
    };
  }

  private static int largest(double[] sums) {
    if (sums.length == 1) {
      return sums[0] > 0 ? 1 : 0;
    }
    int largest = 0;
    for (int k = 1; k < sums.length; k++) {
      largest = sums[k] > sums[largest] ? k : largest;
    }
    return largest;
  }

  static Stream<Path> cases() throws IOException {
    return LibraryExplanationsTest.cases();
  }
}
