/** XGBoost's models, from pickles and from its JSON, UBJSON and binary files. */
package dev.flightdelay.predictor.xgboost;
