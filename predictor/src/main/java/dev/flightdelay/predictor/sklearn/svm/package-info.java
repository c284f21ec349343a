/** Support vector machines. */
package dev.flightdelay.predictor.sklearn.svm;
