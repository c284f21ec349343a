package dev.flightdelay.predictor.model;

/** What goes from one step of a model to the next: all of its cells, or those that are not zero. */
public sealed interface Table permits Rows, SparseRows {

  int count();

  int width();

  /** The same with all of its cells. */
  Rows dense();
}
