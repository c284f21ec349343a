package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.Optional;

/**
 * Reads pickles of the protocols 0 to 5 without executing anything in them: first a verifier that
 * makes no objects, then the library behind a fence.
 */
public final class PickleReader {

  /** The largest pickle that is read, in bytes. */
  public static final long MAX_BYTES = Symbol.MAX_FILE_BYTES;

  private static final int MEBIBYTE = 1 << 20;

  private final AllowedGlobals allowed;
  private final long heap;

  /**
   * @param allowed the only globals that a file may name
   */
  public PickleReader(AllowedGlobals allowed) {
    this(allowed, ReadingBudget.heap());
  }

  /**
   * @param heap how many bytes of objects there is room for
   */
  PickleReader(AllowedGlobals allowed, long heap) {
    this.allowed = allowed;
    this.heap = heap;
  }

  /**
   * @param pickle the bytes, which are never changed
   * @throws ModelRefusedException if they are anything but one sound pickle within the rules
   */
  public Pickle read(byte[] pickle) {
    return read(pickle, 0);
  }

  /**
   * The same of a pickle that was unpacked.
   *
   * @param packed how many bytes are in memory besides, of the file that it was in
   */
  public Pickle read(byte[] pickle, long packed) {
    if (!beginsWithOpcode(pickle)) {
      throw new ModelRefusedException(
          Reason.CONTAINER_REJECTED,
          0,
          "the file does not begin as a pickle does (its first byte is 0x%02x): save the fitted estimator with pickle.dump(model, file)"
              .formatted(pickle[0] & 0xff));
    }
    PickleVerifier verifier = new PickleVerifier(pickle, allowed::require);
    verifier.verify();
    checkHeap(packed + pickle.length + verifier.heapBytes());
    Object root = new FencedUnpickler(pickle, allowed, verifier.rawArrays()).load();
    return new Pickle(root, verifier.protocol(), verifier.names(), pickle.length);
  }

  private void checkHeap(long needed) {
    if (needed > heap) {
      throw new ModelRefusedException(
          Reason.BUDGET_EXCEEDED,
          "reading the file needs about %d MiB, and a model may fill %d MiB of this process's heap; give it more memory"
              .formatted(needed / MEBIBYTE, heap / MEBIBYTE));
    }
  }

  /** An empty one is left to the verifier, which says where it ends. */
  private static boolean beginsWithOpcode(byte[] pickle) {
    return pickle.length == 0 || Opcode.of(pickle[0] & 0xff) != null;
  }

  /**
   * What a pickle names up to the place where it can be followed no further; empty if it is no
   * pickle at all. For showing to a person what was refused; it reads any bytes, executes nothing
   * and refuses nothing.
   */
  public Optional<PickleOutline> outline(byte[] pickle) {
    if (!beginsWithOpcode(pickle)) {
      return Optional.empty();
    }
    PickleVerifier verifier = new PickleVerifier(pickle, this::ruleOrGuess);
    try {
      verifier.verify();
    } catch (ModelRefusedException ends) {
      // What was found before is the answer.
    }
    return Optional.of(new PickleOutline(verifier.protocol(), verifier.names()));
  }

  private AllowedGlobal ruleOrGuess(GlobalName name, long offset) {
    try {
      AllowedGlobal rule = allowed.require(name, offset);
      return rule instanceof AllowedGlobal.Inert
          ? new AllowedGlobal.Opaque(name, "named only")
          : rule;
    } catch (ModelRefusedException unknown) {
      return AllowedGlobals.isArrayWrapper(name)
          ? new AllowedGlobal.ArrayWrapper(name, (_, _) -> null, "named only")
          : new AllowedGlobal.Opaque(name, "named only");
    }
  }
}
