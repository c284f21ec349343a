package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.Optional;

/**
 * Reads pickles of the protocols 0 to 5 without executing anything in them: first what the file is
 * at all, then a verifier that makes no objects, then the library behind a fence.
 */
public final class PickleReader {

  private static final int MEBIBYTE = 1 << 20;

  private final AllowedGlobals allowed;
  private final long heap;

  /**
   * @param allowed the only globals that a file may name
   */
  public PickleReader(AllowedGlobals allowed) {
    // The rest is what such estimates are wrong by: a heap that is really full may end the process.
    this(allowed, Runtime.getRuntime().maxMemory() / 8 * 7);
  }

  /**
   * @param heap how many bytes of objects there is room for
   */
  PickleReader(AllowedGlobals allowed, long heap) {
    this.allowed = allowed;
    this.heap = heap;
  }

  /**
   * What a file holds: itself, unless it is compressed.
   *
   * @throws ModelRefusedException if it cannot be decompressed
   */
  public byte[] unpack(byte[] file) {
    return Container.unpack(file, heap);
  }

  /**
   * Reads a file. Where it is compressed, the places that refusals name are those of what it holds.
   *
   * @param file the whole file, which is never changed
   * @throws ModelRefusedException if it is anything but one sound pickle within the rules
   */
  public Pickle read(byte[] file) {
    return read(file, unpack(file));
  }

  /**
   * The same of a file that was unpacked before.
   *
   * @param pickle what {@link #unpack} gave of the file
   */
  public Pickle read(byte[] file, byte[] pickle) {
    Container.refuseUnlessPickle(pickle);
    PickleVerifier verifier = new PickleVerifier(pickle, allowed::require);
    verifier.verify();
    long compressed = pickle == file ? 0 : file.length;
    checkHeap(compressed + pickle.length + verifier.heapBytes());
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

  /**
   * What a file names up to the place where it can be followed no further; empty if it is no pickle
   * at all. For showing to a person what was refused; it reads any bytes, executes nothing and
   * refuses nothing.
   */
  public Optional<PickleOutline> outline(byte[] file) {
    byte[] pickle;
    try {
      pickle = unpack(file);
      Container.refuseUnlessPickle(pickle);
    } catch (ModelRefusedException noPickle) {
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
