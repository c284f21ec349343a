/** Which version gets how much traffic, and when: pure, from facts and a point in time. */
package dev.flightdelay.operator.rollout;
