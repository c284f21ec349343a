package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import java.util.List;

/**
 * Reads pickles of the protocols 0 to 5 without executing anything in them: first what the file is
 * at all, then a verifier that makes no objects, then the library behind a fence.
 */
public final class PickleReader {

  private final AllowedGlobals allowed;

  /**
   * @param allowed the only globals that a file may name
   */
  public PickleReader(AllowedGlobals allowed) {
    this.allowed = allowed;
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
    Object root = new FencedUnpickler(file, allowed).load();
    return new Pickle(root, verifier.protocol(), verifier.names());
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
