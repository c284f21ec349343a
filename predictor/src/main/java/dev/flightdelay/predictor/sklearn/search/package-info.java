/** GridSearchCV and its kin, which predict with the best estimator, and tuned thresholds. */
package dev.flightdelay.predictor.sklearn.search;
