/** The thin half: what is in the cluster goes in, what the plan says is written. */
package dev.flightdelay.operator.reconcile;
