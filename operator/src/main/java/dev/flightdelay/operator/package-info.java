/** The operator: how it starts, what can be set, and how well it is. */
package dev.flightdelay.operator;
