/** The custom resource as it stands in the API server: {@code flightdelay.dev/v1alpha1}. */
package dev.flightdelay.operator.api.v1alpha1;
