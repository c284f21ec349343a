/**
 * Which one of several replicas works: the one that has the lease. It alone writes, and ends as
 * soon as it may have lost it.
 */
package dev.flightdelay.operator.leader;
