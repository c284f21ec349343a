/**
 * What is in the cluster of one model, and what it means: how each version's pods are, and whether
 * a route is followed. Pure: it is read elsewhere.
 */
package dev.flightdelay.operator.observe;
