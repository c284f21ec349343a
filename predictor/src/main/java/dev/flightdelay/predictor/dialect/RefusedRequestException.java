package dev.flightdelay.predictor.dialect;

/** A request that gets no prediction: the message says what was found and what is accepted. */
public final class RefusedRequestException extends RuntimeException {

  private final int status;

  /**
   * @param status the HTTP status
   */
  public RefusedRequestException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
