/** All of it on one machine, without a cluster: what ./local-up runs. */
package dev.flightdelay.local;
