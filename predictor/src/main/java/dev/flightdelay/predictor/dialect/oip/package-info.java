/**
 * The Open Inference Protocol, version 2: a request and its answer as values ({@code InferRequest},
 * {@code Tensor}, {@code TensorRows}, {@code OutputTensor}), and apart from them the encodings that
 * these are read from and written in ({@code Json..}, {@code Binary..}).
 */
package dev.flightdelay.predictor.dialect.oip;
