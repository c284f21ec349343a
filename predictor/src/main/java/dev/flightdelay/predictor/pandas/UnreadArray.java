package dev.flightdelay.predictor.pandas;

import dev.flightdelay.predictor.pickle.Buildable;

/** An array of dates or categories, as a frame beside a model has: nothing looks at it. */
final class UnreadArray implements Buildable {

  @Override
  public void build(Object state) {
    // Whatever it is, it is nobody's.
  }
}
