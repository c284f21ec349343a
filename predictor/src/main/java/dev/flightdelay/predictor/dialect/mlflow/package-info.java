/** MLflow's scoring protocol, which SageMaker's containers are asked in too. */
package dev.flightdelay.predictor.dialect.mlflow;
