package dev.flightdelay.local.command;

import java.util.List;

/**
 * Files that ./local-up was given, as they are now: applied, and applied again when they change.
 */
interface Source {

  /**
   * Applies what the files describe, if it is other than at the last time.
   *
   * @return whether it was
   * @throws LocalException if it cannot be: the message says which file, and why
   */
  boolean applyIfChanged();

  /** The names of the models that were applied. */
  List<String> models();
}
