/**
 * How the operator starts, and what can be set. Everything else is put together here; nothing else
 * knows of it.
 */
package dev.flightdelay.operator;
