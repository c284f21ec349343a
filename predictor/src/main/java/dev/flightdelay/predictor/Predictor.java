package dev.flightdelay.predictor;

/** Starts one of the predictor's commands. */
public final class Predictor {

  private Predictor() {}

  public static void main(String[] arguments) {
    System.exit(2);
  }
}
