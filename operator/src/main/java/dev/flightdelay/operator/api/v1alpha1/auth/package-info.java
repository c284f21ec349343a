/** How callers may be known: the API's types, each with what the predictor pods need for it. */
package dev.flightdelay.operator.api.v1alpha1.auth;
