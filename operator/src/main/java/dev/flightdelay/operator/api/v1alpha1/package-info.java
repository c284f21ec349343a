/**
 * The custom resource as it stands in the API server, {@code flightdelay.dev/v1alpha1}. Its
 * definition and its reference for people are made of these types.
 */
package dev.flightdelay.operator.api.v1alpha1;
