/**
 * The thin half: what is in the cluster goes in, what the plan says is written. Only here do the
 * API server and the pods come into it.
 */
package dev.flightdelay.operator.reconcile;
