package dev.flightdelay.predictor.pickle;

/**
 * What the name of an {@link AllowedGlobal.Inert} becomes: a value that no reader knows, and that
 * is no {@link GlobalName}, so that nothing can be asked of it.
 */
record InertName(GlobalName name) {}
