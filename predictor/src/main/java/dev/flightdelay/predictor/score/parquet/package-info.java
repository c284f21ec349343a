/** Rows of Parquet files: the library for it is on the class path of {@code score} only. */
package dev.flightdelay.predictor.score.parquet;
