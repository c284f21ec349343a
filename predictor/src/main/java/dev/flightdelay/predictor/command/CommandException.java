package dev.flightdelay.predictor.command;

/** A command that cannot be carried out as it was given: the message says why and what to do. */
public final class CommandException extends RuntimeException {

  CommandException(String message) {
    super(message, null, false, false);
  }
}
