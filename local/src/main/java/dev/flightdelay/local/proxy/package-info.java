/** An Ingress controller and a Gateway in one: requests to the pods that routes name. */
package dev.flightdelay.local.proxy;
