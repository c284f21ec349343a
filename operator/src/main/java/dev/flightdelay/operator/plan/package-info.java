/**
 * What to write and to delete: a pure function of the model and of what is observed. It says too
 * what is refused, and how one way in follows another.
 */
package dev.flightdelay.operator.plan;
