/**
 * Faults between the operator and a real API server, for the tests: a proxy on loopback that can
 * freeze and drop watch events, serve an earlier state, fail the n-th write before or after it was
 * applied, cut or silence connections, and that counts every write.
 */
package dev.flightdelay.operator.faults;
