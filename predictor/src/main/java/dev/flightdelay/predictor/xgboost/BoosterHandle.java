package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The bytes in which a pickled Booster keeps its model, in each form that XGBoost had for them. */
final class BoosterHandle {

  private static final byte[] CONFIG_OFFSET = "CONFIG-offset:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BINARY = "binf".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BASE_64 = "bs64".getBytes(StandardCharsets.US_ASCII);

  private BoosterHandle() {}

  static LearnerState read(byte[] handle) {
    if (startsWith(handle, CONFIG_OFFSET)) {
      return beforeConfig(handle);
    }
    if (startsWith(handle, BASE_64)) {
      throw new ModelRefusedException(
          Reason.UNSUPPORTED,
          "the booster is in base64, which only XGBoost before 0.6 wrote; save the model again with"
              + " a newer one");
    }
    if (handle.length >= 2 && handle[0] == '{') {
      // UBJSON goes on with the marker of a name's length, JSON with a quote or a space.
      return switch (handle[1]) {
        case 'i', 'U', 'I', 'l', 'L' -> document(skipped -> Ubjson.read(handle, skipped));
        default -> document(skipped -> JsonState.read(handle, 0, handle.length, skipped));
      };
    }
    return binary(handle, 0, handle.length);
  }

  private static LearnerState document(Function<Set<String>, Map<String, Object>> reading) {
    Map<String, Object> document = reading.apply(DocumentBudget.SKIPPED);
    return LearnerDocument.read(
        LearnerDocument.needsNodeWeights(document)
            ? reading.apply(DocumentBudget.SKIPPED_BUT_WEIGHTS)
            : document);
  }

  /** 1.0 to 1.2: a binary model, and behind it the configuration in JSON, which is not needed. */
  private static LearnerState beforeConfig(byte[] handle) {
    int start = CONFIG_OFFSET.length + Long.BYTES;
    if (handle.length < start) {
      throw tooShort(handle.length);
    }
    long length =
        ByteBuffer.wrap(handle).order(ByteOrder.LITTLE_ENDIAN).getLong(CONFIG_OFFSET.length);
    if (length < 0 || length > handle.length - start) {
      throw tooShort(length);
    }
    return binary(handle, start, (int) length);
  }

  /** Since 1.0 with a word before the structures. */
  private static LearnerState binary(byte[] handle, int offset, int length) {
    int skipped = length >= BINARY.length && startsWith(handle, offset, BINARY) ? BINARY.length : 0;
    return LegacyBinary.read(handle, offset + skipped, length - skipped);
  }

  private static ModelRefusedException tooShort(long declared) {
    return new ModelRefusedException(
        Reason.LENGTH_EXCEEDED,
        "the booster declares %d bytes of model, which it does not have".formatted(declared));
  }

  private static boolean startsWith(byte[] handle, byte[] start) {
    return startsWith(handle, 0, start);
  }

  private static boolean startsWith(byte[] handle, int offset, byte[] start) {
    return handle.length - offset >= start.length
        && Arrays.equals(handle, offset, offset + start.length, start, 0, start.length);
  }
}
