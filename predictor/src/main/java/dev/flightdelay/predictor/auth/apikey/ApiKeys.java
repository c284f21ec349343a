package dev.flightdelay.predictor.auth.apikey;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.scheme.CredentialHash;
import java.util.List;

/** The API keys that are known, as hashes. Immutable: other keys are another object. */
public final class ApiKeys {

  private static final int WORDS = 4;

  /** Which caller a key is of. */
  record Key(CredentialHash hash, Caller caller) {}

  private final long[] hashes;
  private final Caller[] callers;

  ApiKeys(List<Key> keys) {
    hashes = new long[keys.size() * WORDS];
    callers = new Caller[keys.size()];
    for (int i = 0; i < callers.length; i++) {
      CredentialHash hash = keys.get(i).hash();
      hashes[i * WORDS] = hash.first();
      hashes[i * WORDS + 1] = hash.second();
      hashes[i * WORDS + 2] = hash.third();
      hashes[i * WORDS + 3] = hash.fourth();
      callers[i] = keys.get(i).caller();
    }
  }

  /**
   * The caller of a key, or null. Every key is compared in full, whichever it is: how long it takes
   * depends on nothing but their number.
   */
  public Caller find(CredentialHash hash) {
    int found = -1;
    for (int i = 0; i < callers.length; i++) {
      int at = i * WORDS;
      long different =
          (hashes[at] ^ hash.first())
              | (hashes[at + 1] ^ hash.second())
              | (hashes[at + 2] ^ hash.third())
              | (hashes[at + 3] ^ hash.fourth());
      // All ones where nothing is different, else zero.
      int same = (int) (((different | -different) >>> 63) - 1);
      found = (found & ~same) | (i & same);
    }
    return found < 0 ? null : callers[found];
  }
}
