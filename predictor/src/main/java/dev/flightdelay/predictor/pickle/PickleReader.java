package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.List;

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
    this(allowed, Runtime.getRuntime().maxMemory());
  }

  /**
   * @param heap how many bytes of objects there is room for
   */
  PickleReader(AllowedGlobals allowed, long heap) {
    this.allowed = allowed;
    this.heap = heap;
  }

  /**
   * Reads a file.
   *
   * @param file the whole file, which is never changed
   * @throws ModelRefusedException if it is anything but one sound pickle within the rules
   */
  public Pickle read(byte[] file) {
    Container.refuseUnlessPickle(file);
    PickleVerifier verifier = new PickleVerifier(file, allowed::require);
    verifier.verify();
    checkHeap(file.length + verifier.heapBytes());
    Object root = new FencedUnpickler(file, allowed).load();
    return new Pickle(root, verifier.protocol(), verifier.names());
  }

  private void checkHeap(long needed) {
    if (needed > heap) {
      throw new ModelRefusedException(
          Reason.BUDGET_EXCEEDED,
          "reading the file needs about %d MiB, and this process has %d MiB of heap; give it more memory"
              .formatted(needed / MEBIBYTE, heap / MEBIBYTE));
    }
  }

  /**
   * Every global that a file names up to the place where it can be followed no further, allowed or
   * not: sorted, each once. For showing to a person; it reads any bytes, executes nothing and
   * refuses nothing.
   */
  public List<GlobalName> globals(byte[] file) {
    PickleVerifier verifier = new PickleVerifier(file, this::ruleOrGuess);
    try {
      Container.refuseUnlessPickle(file);
      verifier.verify();
    } catch (ModelRefusedException ends) {
      // What was found before is the answer.
    }
    return verifier.names();
  }

  private AllowedGlobal ruleOrGuess(GlobalName name, long offset) {
    try {
      return allowed.require(name, offset);
    } catch (ModelRefusedException unknown) {
      return new AllowedGlobal.Opaque(name, "named only");
    }
  }
}
