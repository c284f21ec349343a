package dev.flightdelay.predictor.command;

import dev.flightdelay.predictor.dialect.ExplainedAnswers;
import dev.flightdelay.predictor.dialect.Predictions;
import dev.flightdelay.predictor.dialect.RowReader;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.json.MalformedJsonException;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.reader.ModelReader;
import dev.flightdelay.predictor.reader.ModelReader.ReadModel;
import dev.flightdelay.predictor.source.FileSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code score FILE}: rows on standard input, what the estimator answers on standard output. */
public final class Score {

  private static final String EXPLAIN = "--explain";

  private Score() {}

  /**
   * @param maxBytes the largest file that is read
   * @param maxRowCost the operations that a row may take
   * @param in a JSON array of rows: arrays of numbers, or objects of features; null is NaN
   * @param out where a probability or decision that is not finite is null too
   */
  public static void run(
      List<String> arguments, long maxBytes, long maxRowCost, InputStream in, OutputStream out) {
    boolean explains = arguments.contains(EXPLAIN);
    Arguments score =
        Arguments.of(
            "score", arguments.stream().filter(word -> !word.equals(EXPLAIN)).toList(), false);
    byte[] file = FileSource.ofPath(score.file()).read(maxBytes).bytes();
    ReadModel read = ModelReader.read(file, score.entry(), maxRowCost);
    Model model = read.model();
    try {
      Rows rows = rows(in.readAllBytes(), model.signature());
      read.budget().require(rows);
      Scores scores = model.score(rows);
      int row = scores.shown(false, false).firstNotFinite(model.signature());
      if (row >= 0) {
        throw new CommandException("the answer to row %d is not a finite number".formatted(row));
      }
      write(scores, model.signature(), explains ? explained(model, rows, scores) : null, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rows rows(byte[] json, Signature signature) {
    JsonReader reader = new JsonReader(json, 0, json.length);
    try {
      Rows rows = new RowReader(signature, Integer.MAX_VALUE).rows(reader, json.length);
      reader.end();
      return rows;
    } catch (MalformedJsonException e) {
      throw new CommandException("standard input is not a JSON array of rows: " + e.getMessage());
    }
  }

  private static JsonWriter explained(Model model, Rows rows, Scores scores) {
    JsonWriter json = new JsonWriter();
    switch (model.explanations()) {
      case Explainer explainer ->
          new ExplainedAnswers(model.signature(), explainer).write(rows, scores, json);
      case Explanations.None none -> throw new CommandException(none.why());
    }
    return json;
  }

  /**
   * @param explained what each column added; null where nobody asks
   */
  private static void write(
      Scores scores, Signature signature, JsonWriter explained, OutputStream out)
      throws IOException {
    JsonWriter json = new JsonWriter();
    json.raw("{\"").raw(signature.method().output()).raw("\":");
    new Predictions(signature).rows(scores, json);
    if (scores.probabilities() != null) {
      json.raw(",\"predict_proba\":");
      Predictions.probabilities(scores.probabilities(), signature, json);
    }
    if (scores.decisions() != null) {
      json.raw(",\"decision_function\":");
      Predictions.matrix(scores.decisions(), signature.decisionWidth(), json);
    }
    if (scores.transformed() != null) {
      json.raw(",\"transform\":");
      Predictions.arrays(scores.transformed(), signature.transformWidth(), json);
    }
    if (explained != null) {
      json.raw(",\"explanations\":").raw(explained.toBytes());
    }
    json.raw("}\n");
    out.write(json.array(), 0, json.length());
    out.flush();
  }
}
