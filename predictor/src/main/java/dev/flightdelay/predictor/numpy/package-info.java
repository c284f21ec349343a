/**
 * NumPy's arrays, dtypes and scalars as pickles have them, and the orders in which NumPy sorts and
 * sums.
 */
package dev.flightdelay.predictor.numpy;
