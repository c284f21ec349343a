package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A line of {@code resources/hostile/manifest.csv}, which {@code make_hostile_files.py} writes.
 *
 * @param name the file in that folder
 * @param attack its class and the attack
 * @param reasons why it may be refused
 * @param loads whether it may also be a model
 */
record HostileFile(String name, String attack, Set<Reason> reasons, boolean loads) {

  private static final Path FOLDER = Path.of("src/test/resources/hostile");
  private static final String LOADS = "loads";
  private static final int PIECE = 1 << 16;

  /** All of the manifest. */
  static List<HostileFile> all() throws IOException {
    return Files.readAllLines(FOLDER.resolve("manifest.csv")).stream()
        .skip(1)
        .map(HostileFile::of)
        .toList();
  }

  private static HostileFile of(String line) {
    String[] cells = line.split(",", -1);
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    List<String> names = Arrays.asList(cells[3].split(" "));
    names.stream().filter(name -> !name.equals(LOADS)).map(Reason::valueOf).forEach(reasons::add);
    return new HostileFile(cells[0], cells[1] + "/" + cells[2], reasons, names.contains(LOADS));
  }

  /** What is in the file; of a recipe, what it makes. */
  byte[] bytes() {
    Path path = FOLDER.resolve(name);
    try {
      return name.endsWith(".recipe") ? follow(Files.readAllLines(path)) : Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A compression, then how often which bytes follow. */
  private static byte[] follow(List<String> recipe) throws IOException {
    var made = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (recipe.getFirst()) {
          case "plain" -> made;
          case "gzip" -> new GZIPOutputStream(made);
          case "zlib" -> new DeflaterOutputStream(made);
          default -> throw new IllegalArgumentException(recipe.getFirst());
        }) {
      for (String line : recipe.subList(1, recipe.size())) {
        String[] parts = line.split(" ");
        write(out, Integer.parseInt(parts[0]), HexFormat.of().parseHex(parts[1]));
      }
    }
    return made.toByteArray();
  }

  private static void write(OutputStream out, int times, byte[] part) throws IOException {
    int atOnce = Math.clamp(PIECE / part.length, 1, times);
    byte[] several = new byte[atOnce * part.length];
    for (int i = 0; i < atOnce; i++) {
      System.arraycopy(part, 0, several, i * part.length, part.length);
    }
    for (int left = times; left > 0; left -= atOnce) {
      out.write(several, 0, Math.min(atOnce, left) * part.length);
    }
  }
}
