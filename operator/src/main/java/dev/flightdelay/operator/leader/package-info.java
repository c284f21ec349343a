/** Which one of several replicas works, and that no other one writes. */
package dev.flightdelay.operator.leader;
