/** What to write and to delete: a pure function of the model and of what is observed. */
package dev.flightdelay.operator.plan;
