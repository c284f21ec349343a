package dev.flightdelay.predictor.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rows as they are given, whose first bytes say how they are written.
 *
 * @param path empty where they come on standard input
 */
record RowInput(Optional<Path> path, BufferedInputStream stream) implements AutoCloseable {

  private static final int LOOKED_AT = 256;

  private static final String PARQUET = "PAR1";

  /** An array of arrays, objects or texts; of numbers alone it is a line of JSON lines. */
  private static final Pattern ARRAY_OF_ROWS =
      Pattern.compile("\\s*\\[\\s*([\\[{\"\\]].*|)", Pattern.DOTALL);

  private static final Pattern JSON_LINE = Pattern.compile("\\s*[\\[{].*", Pattern.DOTALL);

  static RowInput of(Path path) throws IOException {
    return new RowInput(Optional.of(path), new BufferedInputStream(Files.newInputStream(path)));
  }

  static RowInput of(InputStream in) {
    return new RowInput(Optional.empty(), new BufferedInputStream(in));
  }

  /** What the first bytes look like. */
  RowFormat format() throws IOException {
    stream.mark(LOOKED_AT);
    // A byte for a letter: all that is looked for is ASCII.
    String start = new String(stream.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
    stream.reset();
    if (start.startsWith(PARQUET)) {
      return RowFormat.PARQUET;
    }
    if (ARRAY_OF_ROWS.matcher(start).matches()) {
      return RowFormat.JSON;
    }
    return JSON_LINE.matcher(start).matches() ? RowFormat.JSON_LINES : RowFormat.CSV;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
