package dev.flightdelay.predictor.pickle;

import java.util.List;

/**
 * What the opcodes of a pickle say before anything is made of them, as far as they can be followed.
 *
 * @param protocol the highest protocol that it declares or uses, 0 to 5
 * @param globals every global that it names, allowed or not: sorted, each once
 */
public record PickleOutline(int protocol, List<GlobalName> globals) {

  public PickleOutline {
    globals = List.copyOf(globals);
  }
}
