/** Following the API. */
package dev.flightdelay.local.informer;
