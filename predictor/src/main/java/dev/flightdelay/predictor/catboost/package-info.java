/**
 * CatBoost's models, from pickles and from its own {@code .cbm} files: oblivious and other trees,
 * one-hot features and target statistics of categories.
 */
package dev.flightdelay.predictor.catboost;
