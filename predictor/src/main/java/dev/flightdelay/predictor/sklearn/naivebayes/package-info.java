/** The naive Bayes classifiers. */
package dev.flightdelay.predictor.sklearn.naivebayes;
