package dev.flightdelay.predictor.fuzz;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.pickle.EditedPickle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** What the fuzzers begin with: the files of the tests, and the models inside of them. */
public final class FuzzSeeds {

  /** The tests' own, and those that lie beside a checkout where they do. */
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("src/test/resources"),
          Path.of("../../shared/models"),
          Path.of("../../shared/seed-models"));

  private static final int MAX_FILE_BYTES = 8 << 10;
  private static final int MAX_EDITED_BYTES = 48 << 10;
  private static final int MAX_MODEL_BYTES = 48 << 10;
  private static final int EDITS_OF_EACH = 3;

  private FuzzSeeds() {}

  /** Writes a folder of seeds for each target, and dictionaries, into the argument's folder. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    for (Path path : files()) {
      byte[] file = Files.readAllBytes(path);
      Optional<EditedPickle> pickle = plain(file);
      if (pickle.isPresent()) {
        byte[] frameless = pickle.get().bytes();
        write(target, "pickle", path, frameless, MAX_FILE_BYTES);
        writeInner(target, path, pickle.get());
      } else if (file.length > 0 && (file[0] & 0xff) == 0x80) {
        write(target, "joblib", path, file, MAX_FILE_BYTES);
      } else {
        write(target, "compressed", path, file, MAX_FILE_BYTES);
      }
    }
    writeEdits(target);
    FuzzDictionaries.write(target);
  }

  /**
   * The pickles without joblib's arrays that are small enough to be edited: always in one order.
   */
  static List<Path> plainPickles() {
    return files().stream()
        .filter(path -> size(path) <= MAX_EDITED_BYTES && plain(bytes(path)).isPresent())
        .toList();
  }

  private static void writeInner(Path target, Path path, EditedPickle pickle) throws IOException {
    String name = path.toString();
    Optional<byte[]> handle =
        pickle.contentAfter("handle").or(() -> pickle.contentAfter("_handle"));
    if (name.contains("xgb") && handle.isPresent()) {
      byte[] model = handle.get();
      String form = model[0] != '{' ? "binary" : model[1] == '"' ? "json" : "ubjson";
      write(target, "xgboost-" + form, path, model, MAX_MODEL_BYTES);
    } else if (handle.isPresent()) {
      write(target, "lightgbm", path, handle.get(), MAX_MODEL_BYTES);
    }
    Optional<byte[]> model = pickle.contentAfter("__model");
    if (model.isPresent()) {
      byte[] behindMagic = Arrays.copyOfRange(model.get(), 4, model.get().length);
      write(target, "catboost", path, behindMagic, MAX_MODEL_BYTES);
    }
  }

  private static void writeEdits(Path target) throws IOException {
    Random random = new Random(20260101);
    List<Path> pickles = plainPickles();
    for (int i = 0; i < pickles.size(); i++) {
      for (int k = 0; k < EDITS_OF_EACH; k++) {
        byte[] edits = new byte[2 + 8 * k];
        random.nextBytes(edits);
        edits[0] = (byte) i;
        edits[1] = (byte) (i >> 8);
        write(target, "edited", Path.of(i + "-" + k), edits, MAX_FILE_BYTES);
      }
    }
  }

  private static void write(Path target, String fuzzer, Path from, byte[] seed, int largest)
      throws IOException {
    if (seed.length <= largest) {
      Path folder = Files.createDirectories(target.resolve(fuzzer));
      String name = from.toString().replaceAll("[^A-Za-z0-9-]+", "_");
      Files.write(folder.resolve(name), seed);
    }
  }

  private static Optional<EditedPickle> plain(byte[] file) {
    try {
      return Optional.of(EditedPickle.of(file));
    } catch (ModelRefusedException other) {
      return Optional.empty();
    }
  }

  private static List<Path> files() {
    return FOLDERS.stream().filter(Files::isDirectory).flatMap(FuzzSeeds::files).sorted().toList();
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(path -> path.toString().matches(".*\\.(pkl|joblib|sav|pkl\\.gz)"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path path) {
    return path.toFile().length();
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
