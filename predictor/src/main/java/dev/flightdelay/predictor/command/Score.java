package dev.flightdelay.predictor.command;

import dev.flightdelay.predictor.dialect.ExplainedAnswers;
import dev.flightdelay.predictor.dialect.Predictions;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.RowReader;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.json.MalformedJsonException;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.reader.ModelReader;
import dev.flightdelay.predictor.reader.ModelReader.ReadModel;
import dev.flightdelay.predictor.score.AnswerWriter;
import dev.flightdelay.predictor.score.CsvAnswers;
import dev.flightdelay.predictor.score.CsvRows;
import dev.flightdelay.predictor.score.JsonLineAnswers;
import dev.flightdelay.predictor.score.JsonLineRows;
import dev.flightdelay.predictor.score.Progress;
import dev.flightdelay.predictor.score.RowSource;
import dev.flightdelay.predictor.score.Scoring;
import dev.flightdelay.predictor.score.parquet.ParquetRows;
import dev.flightdelay.predictor.source.FileSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code score FILE [ROWS]}: rows of a file or of standard input, what the estimator answers on
 * standard output. CSV, JSON lines and Parquet are scored as they are read; a JSON array is read
 * whole, and so is its answer one JSON object.
 */
public final class Score {

  private static final Set<String> WITH_VALUE = Set.of("--entry", "--input", "--output");
  private static final Set<String> WITHOUT_VALUE = Set.of("--strict", "--explain");

  private final ReadModel model;
  private final boolean strict;
  private final boolean explains;

  private Score(ReadModel model, boolean strict, boolean explains) {
    this.model = model;
    this.strict = strict;
    this.explains = explains;
  }

  /**
   * @param maxBytes the largest model file that is read
   * @param maxRowCost the operations that a row may take
   * @param in rows, where no file of them is named
   * @param out where a probability or decision that is not finite is null too
   * @param progress where it is said how far a long input is
   */
  public static void run(
      List<String> arguments,
      long maxBytes,
      long maxRowCost,
      InputStream in,
      OutputStream out,
      PrintStream progress) {
    Arguments score = Arguments.of("score", arguments, WITH_VALUE, WITHOUT_VALUE);
    List<String> files = score.files();
    if (files.isEmpty() || files.size() > 2) {
      throw new CommandException(
          "score takes a model and, unless they come on standard input, a file of rows; %d files are named; --help shows more"
              .formatted(files.size()));
    }
    RowFormat output = score.value("--output").map(RowFormat::ofOutput).orElse(null);
    RowFormat input = score.value("--input").map(RowFormat::ofInput).orElse(null);
    byte[] file = FileSource.ofPath(files.getFirst()).read(maxBytes).bytes();
    ReadModel model = ModelReader.read(file, score.value("--entry").orElse(""), maxRowCost);
    try (RowInput rows =
        files.size() == 1 || files.getLast().equals("-")
            ? RowInput.of(in)
            : RowInput.of(Path.of(files.getLast()))) {
      new Score(model, score.has("--strict"), score.has("--explain"))
          .run(rows, input == null ? rows.format() : input, output, out, progress);
    } catch (NoSuchFileException e) {
      throw new CommandException("the file of rows " + files.getLast() + " is not there");
    } catch (IOException e) {
      throw new CommandException("the rows cannot be read: " + e.getMessage());
    }
  }

  private void run(
      RowInput rows, RowFormat input, RowFormat output, OutputStream out, PrintStream progress)
      throws IOException {
    Signature signature = model.model().signature();
    if (input == RowFormat.JSON) {
      if (output != null && output != RowFormat.JSON) {
        throw new CommandException(
            "the answer to a JSON array is one JSON object; write the rows as JSON lines, one a line, for --output %s"
                .formatted(output.option()));
      }
      writeObject(rows.stream().readAllBytes(), signature, out);
      return;
    }
    if (explains) {
      throw new CommandException(
          "--explain is for a JSON array of rows, and these are %s".formatted(input.option()));
    }
    if (output == RowFormat.JSON) {
      throw new CommandException(
          "--output json is for a JSON array of rows; rows of %s are answered as csv or jsonl"
              .formatted(input.option()));
    }
    boolean jsonLines =
        output == null ? input == RowFormat.JSON_LINES : output == RowFormat.JSON_LINES;
    AnswerWriter writer = jsonLines ? new JsonLineAnswers(signature) : new CsvAnswers(signature);
    try (RowSource source = source(rows, input, signature)) {
      new Scoring(model, writer, new Progress(progress, System::nanoTime)).run(source, out);
    }
  }

  private RowSource source(RowInput rows, RowFormat input, Signature signature) throws IOException {
    return switch (input) {
      case CSV -> new CsvRows(rows.stream(), signature, strict);
      case JSON_LINES -> new JsonLineRows(rows.stream(), signature, strict);
      case PARQUET -> parquet(rows, signature);
      case JSON -> throw new AssertionError("it is answered whole");
    };
  }

  private RowSource parquet(RowInput rows, Signature signature) throws IOException {
    try {
      return rows.path().isPresent()
          ? ParquetRows.of(rows.path().get(), signature, strict)
          : ParquetRows.of(rows.stream().readAllBytes(), signature, strict);
    } catch (NoClassDefFoundError e) {
      throw new CommandException(
          "what reads Parquet is not in predictor.jar: score it by predictor/score of the source tree, or write it as CSV");
    }
  }

  private void writeObject(byte[] json, Signature signature, OutputStream out) throws IOException {
    Rows rows = rows(json, signature);
    model.budget().require(rows);
    Scores scores = model.model().score(rows);
    int row = scores.shown(false, false).firstNotFinite(signature);
    if (row >= 0) {
      throw new CommandException("the answer to row %d is not a finite number".formatted(row));
    }
    write(scores, signature, explains ? explained(rows, scores) : null, out);
  }

  private JsonWriter explained(Rows rows, Scores scores) {
    JsonWriter json = new JsonWriter();
    switch (model.model().explanations()) {
      case Explainer explainer ->
          new ExplainedAnswers(model.model().signature(), explainer).write(rows, scores, json);
      case Explanations.None none -> throw new CommandException(none.why());
    }
    return json;
  }

  private static Rows rows(byte[] json, Signature signature) {
    JsonReader reader = new JsonReader(json, 0, json.length);
    try {
      Rows rows = new RowReader(signature, Integer.MAX_VALUE).rows(reader, json.length);
      reader.end();
      return rows;
    } catch (MalformedJsonException e) {
      throw new CommandException("the rows are not a JSON array: " + e.getMessage());
    } catch (RefusedRequestException e) {
      throw new CommandException("there are no rows: the JSON array is empty");
    }
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
