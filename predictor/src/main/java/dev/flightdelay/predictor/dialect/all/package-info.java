/** The list of the dialects that are served, of which routes and the OpenAPI document are made. */
package dev.flightdelay.predictor.dialect.all;
