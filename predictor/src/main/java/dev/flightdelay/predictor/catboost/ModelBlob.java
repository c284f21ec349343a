package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.FileSlice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model as CatBoost writes it into a file, and into a pickle in {@code __model}: "CBM1", a
 * length, a FlatBuffer by the schema in catboost/libs/model/flatbuffers/model.fbs and, where there
 * are target statistics, their tables behind it ({@code TFullModel::Save}, {@code TCtrData::Save}).
 *
 * @param info what CatBoost wrote about the training, by name
 */
record ModelBlob(Ensemble ensemble, Map<String, String> info) {

  /** The library's name as its users write it. */
  static final String LIBRARY = "CatBoost";

  static final byte[] MAGIC = "CBM1".getBytes(StandardCharsets.US_ASCII);

  private static final String VERSION = "FlabuffersModel_v1";
  private static final String STATISTICS = "static_provider_v1";
  private static final int START = 8;

  // TModelCore
  private static final int FORMAT_VERSION = 0;
  private static final int TREES = 1;
  private static final int INFO = 2;
  private static final int PARTS = 3;

  ModelBlob {
    info = Map.copyOf(info);
  }

  /**
   * The model of a pickled estimator.
   *
   * @throws ModelRefusedException if there is none in it
   * @throws UnreadableModelException if it is no model, or one of a kind that is not read
   */
  static ModelBlob read(Attributes attributes) {
    return read(
        attributes
            .value("__model")
            .flatMap(FileSlice::copy)
            .orElseThrow(
                () ->
                    attributes.invalid(
                        Reason.STATE_INVALID,
                        "there is no model in it; only a fitted estimator can be served: call fit"
                            + " before pickling")));
  }

  /**
   * @throws UnreadableModelException if it is no model, or one of a kind that is not read
   */
  static ModelBlob read(byte[] bytes) {
    ReadingBudget.take((long) Integer.BYTES * bytes.length);
    ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < START
        || head.getInt(0) != ByteBuffer.wrap(MAGIC).order(ByteOrder.LITTLE_ENDIAN).getInt()) {
      throw UnreadableModelException.invalid("its model does not begin with CBM1 and a length");
    }
    int length = head.getInt(MAGIC.length);
    if (length < 0 || length > bytes.length - START) {
      throw UnreadableModelException.invalid(
          "its model is cut short: it declares %d bytes, and has %d"
              .formatted(Integer.toUnsignedLong(length), bytes.length - START));
    }
    FlatTable core = FlatTable.root(bytes, START, length);
    if (!core.text(FORMAT_VERSION).equals(Optional.of(VERSION))) {
      throw UnreadableModelException.unsupported(
          "its model is of another version than %s; save it with CatBoost 1.x".formatted(VERSION));
    }
    FlatTable trees =
        core.table(TREES)
            .orElseThrow(() -> UnreadableModelException.invalid("its model has no trees"));
    ModelTrees.requireKnownFeatures(trees);
    Map<StatisticKey, FlatTable> statistics = statistics(core.texts(PARTS), bytes, START + length);
    return new ModelBlob(ModelTrees.read(trees, statistics), info(core));
  }

  private static Map<String, String> info(FlatTable core) {
    Map<String, String> info = new HashMap<>();
    for (FlatTable pair : core.tables(INFO)) {
      if (info.put(pair.text(0).orElse(""), pair.text(1).orElse("")) != null) {
        throw UnreadableModelException.invalid("its model says the same twice");
      }
    }
    return info;
  }

  private static Map<StatisticKey, FlatTable> statistics(
      List<String> parts, byte[] bytes, int from) {
    List<String> unknown = new ArrayList<>(parts);
    unknown.remove(STATISTICS);
    if (!unknown.isEmpty()) {
      throw UnreadableModelException.unsupported(
          "its model has a part beside trees and target statistics, as for texts or embeddings;"
              + " train it with numbers and categories alone");
    }
    ByteBuffer rest =
        ByteBuffer.wrap(bytes, from, bytes.length - from).order(ByteOrder.LITTLE_ENDIAN);
    Map<StatisticKey, FlatTable> tables = new HashMap<>();
    int count = parts.isEmpty() ? 0 : length(rest);
    for (int i = 0; i < count; i++) {
      int size = length(rest);
      FlatTable table = FlatTable.root(bytes, rest.position(), size);
      rest.position(rest.position() + size);
      if (tables.put(StatisticTable.key(table), table) != null) {
        throw UnreadableModelException.invalid("its model has a target statistic twice");
      }
    }
    if (rest.hasRemaining()) {
      throw UnreadableModelException.invalid(
          "%d bytes follow its model".formatted(rest.remaining()));
    }
    return tables;
  }

  /** A length of something behind it: at least one byte is left for each. */
  private static int length(ByteBuffer rest) {
    int length = rest.remaining() < 4 ? -1 : rest.getInt();
    if (length < 0 || length > rest.remaining()) {
      throw UnreadableModelException.invalid("its model's target statistics are cut short");
    }
    return length;
  }
}
