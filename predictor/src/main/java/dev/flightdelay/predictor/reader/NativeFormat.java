package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.catboost.CatBoostFile;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A format in which a library saves its models by itself. Which one a file is in its content
 * decides, whatever its name.
 *
 * @param name as {@code inspect} shows it
 * @param is whether a file is in it
 * @param read from the file to the model
 */
record NativeFormat(String name, Predicate<byte[]> is, Function<byte[], Model> read) {

  private static final List<NativeFormat> ALL =
      List.of(
          new NativeFormat("CatBoost's binary format", CatBoostFile::is, CatBoostFile::read),
          new NativeFormat(
              "LightGBM's text",
              dev.flightdelay.predictor.lightgbm.BoosterFile::is,
              dev.flightdelay.predictor.lightgbm.BoosterFile::read),
          new NativeFormat(
              "XGBoost's UBJSON",
              dev.flightdelay.predictor.xgboost.BoosterFile::isUbjson,
              dev.flightdelay.predictor.xgboost.BoosterFile::read),
          new NativeFormat(
              "XGBoost's JSON",
              dev.flightdelay.predictor.xgboost.BoosterFile::isJson,
              dev.flightdelay.predictor.xgboost.BoosterFile::read),
          new NativeFormat(
              "XGBoost's binary format",
              dev.flightdelay.predictor.xgboost.BoosterFile::isBinary,
              dev.flightdelay.predictor.xgboost.BoosterFile::read));

  private static final byte PICKLE = (byte) 0x80;
  private static final int NEWEST_PROTOCOL = 5;
  private static final int LOOKED_AT = 4096;

  /**
   * The format of a file that is not compressed; empty if it is none of a library's own.
   *
   * @throws ModelRefusedException if it is one that no library loads as a model
   */
  static Optional<NativeFormat> of(byte[] file) {
    if (file.length > 1 && file[0] == PICKLE && file[1] <= NEWEST_PROTOCOL) {
      return Optional.empty();
    }
    Optional<NativeFormat> format = ALL.stream().filter(each -> each.is().test(file)).findFirst();
    if (format.isEmpty()) {
      refuseDumps(file);
    }
    return format;
  }

  /** What libraries write for people to read: not all that a prediction needs is in it. */
  private static void refuseDumps(byte[] file) {
    String start =
        new String(file, 0, Math.min(file.length, LOOKED_AT), StandardCharsets.ISO_8859_1).strip();
    if (start.startsWith("{") && start.contains("\"features_info\"")
        || start.startsWith("{") && start.contains("\"oblivious_trees\"")) {
      throw unsupported("CatBoost's JSON", "save the model with save_model('model.cbm')");
    }
    if (start.startsWith("{") && start.contains("\"num_tree_per_iteration\"")) {
      throw unsupported("LightGBM's dump", "save the model with save_model('model.txt')");
    }
    if (start.startsWith("[") && start.contains("\"nodeid\"") || start.startsWith("booster[0]")) {
      throw unsupported(
          "XGBoost's dump, which has no objective", "save the model with save_model('model.ubj')");
    }
  }

  private static ModelRefusedException unsupported(String what, String instead) {
    return new ModelRefusedException(
        Reason.UNSUPPORTED, 0, "the file is %s: %s".formatted(what, instead));
  }
}
