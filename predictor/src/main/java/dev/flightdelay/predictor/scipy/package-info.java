/** SciPy's sparse matrices as pickles have them. */
package dev.flightdelay.predictor.scipy;
