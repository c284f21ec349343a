package dev.flightdelay.predictor.container;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is around a pickle, told by a file's first bytes: compressions, which are undone; and what
 * is no pickle at all, so that a person learns what it is.
 */
public final class Container {

  private record Signature(Magic magic, Reason reason, String sentence) {}

  /** The opcode PROTO, with which pickles of protocol 2 and later begin. */
  private static final byte PICKLE = (byte) 0x80;

  private static final String UNPACK = "unpack it and upload the pickle inside";
  private static final String TABLE =
      "fit an estimator on it and save that with pickle.dump(model, file)";
  private static final String OTHERS =
      "its library's models are not read here; save a model that inspect --estimators lists";
  private static final String SAVE = "save the fitted estimator with pickle.dump(model, file)";

  private static final List<Signature> SIGNATURES =
      List.of(
          rejected("\u00ef\u00bb\u00bf", "begins with a byte order mark: an editor has changed it"),
          rejected("\u00ff\u00fe", "begins with a byte order mark: an editor has changed it"),
          rejected("\u00fe\u00ff", "begins with a byte order mark: an editor has changed it"),
          rejected(
              "version https://git-lfs",
              "is a Git LFS pointer: run `git lfs pull` and upload the real file"),
          compressed("(\u00b5/\u00fd", "zstandard"),
          new Signature(
              Magic.at(30, "metadata.json"),
              Reason.CONTAINER_REJECTED,
              "the file is a Keras model (.keras), not a pickle: " + OTHERS),
          rejected(
              "PK\u0003\u0004",
              "is a zip archive (as .npz, PyTorch and skops files are): upload the bare pickle"),
          rejected("PK\u0005\u0006", "is an empty zip archive: upload the bare pickle"),
          rejected("7z\u00bc\u00af\u0027\u001c", "is a 7z archive: " + UNPACK),
          rejected("Rar!", "is a RAR archive: " + UNPACK),
          new Signature(
              Magic.at(257, "ustar"),
              Reason.CONTAINER_REJECTED,
              "the file is a tar archive: " + UNPACK),
          rejected("\u0093NUMPY", "is one NumPy array (.npy), not a model: " + SAVE),
          rejected(
              "\u0089HDF\r\n",
              "is HDF5, as Keras writes its models (.h5), not a pickle: " + OTHERS),
          rejected("PAR1", "is a Parquet table, not a model: " + TABLE),
          rejected("\u007fELF", "is a program, not a pickle"),
          rejected("%PDF", "is a PDF document, not a pickle"));

  /** A protobuf of {@code onnx.ModelProto}: its version, then who made it or what it computes. */
  private static boolean isOnnx(byte[] file) {
    return file.length > 3
        && file[0] == 0x08
        && file[1] >= 1
        && file[1] <= 32
        && (file[2] == 0x12 || file[2] == 0x3a || file[2] == 0x42);
  }

  /** Whether the first lines are text, with as many commas, semicolons or tabs in each. */
  private static boolean isTable(byte[] file) {
    String start = new String(file, 0, Math.min(file.length, 8192), StandardCharsets.UTF_8);
    String[] lines = start.split("\r?\n", 4);
    if (lines.length < 2 || start.chars().anyMatch(c -> c < ' ' && "\t\r\n".indexOf(c) < 0)) {
      return false;
    }
    for (char separator : new char[] {',', ';', '\t'}) {
      long columns = lines[0].chars().filter(c -> c == separator).count();
      boolean same =
          Arrays.stream(lines, 0, lines.length - 1)
              .allMatch(line -> line.chars().filter(c -> c == separator).count() == columns);
      if (columns > 0 && same) {
        return true;
      }
    }
    return false;
  }

  private Container() {}

  /**
   * What the file holds where it is compressed; else the file itself.
   *
   * @param largest how many bytes that may be
   * @throws ModelRefusedException if it cannot be decompressed
   */
  public static byte[] unpack(byte[] file, long largest) {
    Optional<Compression> compression = Compression.of(file);
    if (compression.isEmpty()) {
      return file;
    }
    byte[] unpacked = compression.get().decompress(file, ReadingBudget.heap(), largest);
    Compression.of(unpacked)
        .ifPresent(
            again -> {
              throw refusal(
                  Reason.CONTAINER_REJECTED,
                  "the file is compressed twice (%s in %s): decompress it once"
                      .formatted(again, compression.get()));
            });
    return unpacked;
  }

  /**
   * Refuses what is recognisably something other than a pickle.
   *
   * @param file what {@link #unpack} gave
   * @throws ModelRefusedException that says what it is
   */
  public static void refuseOtherFormats(byte[] file) {
    if (file.length == 0) {
      throw refusal(Reason.CONTAINER_REJECTED, "the file is empty: upload it again");
    }
    if (file[0] == PICKLE) {
      return;
    }
    for (Signature signature : SIGNATURES) {
      if (signature.magic().isIn(file)) {
        throw refusal(signature.reason(), signature.sentence());
      }
    }
    refuseText(file);
    if (isOnnx(file)) {
      throw refusal(
          Reason.CONTAINER_REJECTED,
          "the file is an ONNX model, not a pickle: save the estimator that it was made of with"
              + " pickle.dump(model, file)");
    }
    if (isTable(file)) {
      throw refusal(
          Reason.CONTAINER_REJECTED, "the file is a table of text (CSV), not a model: " + TABLE);
    }
  }

  private static void refuseText(byte[] file) {
    String start =
        new String(file, 0, Math.min(file.length, 64), StandardCharsets.ISO_8859_1)
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    if (new String(file, 0, Math.min(file.length, 1024), StandardCharsets.ISO_8859_1)
        .contains("<PMML")) {
      throw refusal(
          Reason.CONTAINER_REJECTED,
          "the file is PMML, not a pickle: save the estimator that it was made of with"
              + " pickle.dump(model, file)");
    }
    if (start.startsWith("<?xml")) {
      throw refusal(
          Reason.CONTAINER_REJECTED,
          "the file is XML, most likely a store's error message: open its address and see what it"
              + " says");
    }
    if (start.startsWith("<")) {
      throw refusal(
          Reason.CONTAINER_REJECTED,
          "the file is a web page, most likely an error or a login page: download the model itself");
    }
    if (start.startsWith("{") || start.startsWith("[")) {
      throw refusal(
          Reason.CONTAINER_REJECTED, "the file is JSON, not a pickle: download the model itself");
    }
  }

  private static Signature rejected(String magic, String sentence) {
    return new Signature(Magic.at(0, magic), Reason.CONTAINER_REJECTED, "the file " + sentence);
  }

  private static Signature compressed(String magic, String compression) {
    return new Signature(
        Magic.at(0, magic),
        Reason.UNSUPPORTED,
        "the file is compressed by %s, which is not undone here: decompress it, or %s"
            .formatted(compression, SAVE));
  }

  private static ModelRefusedException refusal(Reason reason, String sentence) {
    return new ModelRefusedException(reason, 0, sentence);
  }
}
