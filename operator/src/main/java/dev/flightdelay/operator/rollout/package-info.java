/**
 * Which version gets how much traffic, and when: pure, from facts and a point in time. Why a share
 * waits is a {@link dev.flightdelay.operator.rollout.Hold}.
 */
package dev.flightdelay.operator.rollout;
