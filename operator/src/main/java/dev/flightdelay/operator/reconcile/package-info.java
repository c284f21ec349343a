/**
 * The thin half: what is in the cluster goes in, what the plan says is written. What belongs to
 * models is read and written here alone.
 */
package dev.flightdelay.operator.reconcile;
