package dev.flightdelay.predictor.pickle;

import java.util.List;

/**
 * What a pickle holds.
 *
 * @param root the object at its top; see {@link AllowedGlobal.Call#apply} for the types
 * @param protocol the highest protocol that it declares or uses, 0 to 5
 * @param globals every global that it names, sorted, each once
 * @param bytes how long it is, unpacked where the file is compressed
 */
public record Pickle(Object root, int protocol, List<GlobalName> globals, int bytes) {

  public Pickle {
    globals = List.copyOf(globals);
  }
}
