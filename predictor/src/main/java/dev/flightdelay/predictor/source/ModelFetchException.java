package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.network.InvalidAddressException;

/**
 * A model that could not be got: the message is one sentence that says what happened, where, and
 * what to do. It never contains anything that a store answered.
 */
public final class ModelFetchException extends RuntimeException {

  /** The kind of reason: stable names, for tests, logs and status. */
  public enum Reason {
    /** MODEL_URI names nothing that could be fetched. */
    INVALID_URI,
    /** Another setting, or a file of the credentials, is missing or wrong. */
    INVALID_SETTINGS,
    /** No such file, bucket or object. */
    NOT_FOUND,
    /** Without the right to read it. */
    FORBIDDEN,
    /** A file that is a directory, a device, or outside the mount it is named in. */
    NOT_A_FILE,
    /** A host inside the cluster or this machine, and not listed in MODEL_ALLOWED_HOSTS. */
    ADDRESS_REFUSED,
    /** A redirect that is not followed. */
    REDIRECT_REFUSED,
    /** A server whose certificate is not trusted. */
    UNTRUSTED_SERVER,
    /** An answer that is neither the object nor a known failure. */
    UNEXPECTED_ANSWER,
    /** The store was away until the deadline. */
    UNREACHABLE,
    /** The store sent too slowly to be done by the deadline. */
    TIMED_OUT,
    /** No place to put the bytes. */
    NOT_WRITABLE,
    /** The thread that waits for the model was told to stop. */
    INTERRUPTED
  }

  private final Reason reason;

  public ModelFetchException(Reason reason, String sentence) {
    this(reason, sentence, null);
  }

  public ModelFetchException(Reason reason, String sentence, Throwable cause) {
    super(reason + ": " + sentence, cause);
    this.reason = reason;
  }

  /** For a setting that names hosts or an address, and is not written as such. */
  public static ModelFetchException of(InvalidAddressException setting) {
    return new ModelFetchException(Reason.INVALID_SETTINGS, setting.getMessage(), setting);
  }

  public Reason reason() {
    return reason;
  }
}
