/** The page for people at {@code /}, and the OpenAPI document. */
package dev.flightdelay.predictor.page;
