package dev.flightdelay.predictor.score;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.reader.ModelReader.ReadModel;
import java.io.IOException;
import java.io.OutputStream;

/** Scores rows as they come: what is held of a file at a time is a batch. */
public final class Scoring {

  private final ReadModel model;
  private final AnswerWriter writer;
  private final Progress progress;

  public Scoring(ReadModel model, AnswerWriter writer, Progress progress) {
    this.model = model;
    this.writer = writer;
    this.progress = progress;
  }

  /**
   * Writes the answers to all rows.
   *
   * @throws UnusableRowsException if a row is none of the model's; those before it are answered
   */
  public void run(RowSource source, OutputStream out) throws IOException {
    JsonWriter text = new JsonWriter();
    RowBatch batch = source.next();
    writer.begin(batch.passedNames(), text);
    while (batch.count() > 0) {
      score(batch, text);
      out.write(text.array(), 0, text.length());
      text.clear();
      progress.add(batch.count());
      batch = source.next();
    }
    out.write(text.array(), 0, text.length());
    out.flush();
  }

  private void score(RowBatch batch, JsonWriter text) {
    Rows rows = batch.rows();
    int count = 0;
    for (int from = 0; from < rows.count(); from += count) {
      count = Math.min(model.budget().rowsAtATime(rows, from), rows.count() - from);
      Rows part = rows.part(from, from + count);
      Scores scores;
      try {
        model.budget().require(part);
        scores = model.model().score(part);
      } catch (UnusableRowsException refusal) {
        throw batch.placed(refusal, from);
      }
      int notFinite = scores.shown(false, false).firstNotFinite(model.model().signature());
      if (notFinite >= 0) {
        throw new UnusableRowsException(
            "%s: the answer is not a finite number".formatted(batch.place(from + notFinite)));
      }
      for (int row = 0; row < count; row++) {
        writer.row(batch, scores, from, row, text);
      }
    }
  }
}
