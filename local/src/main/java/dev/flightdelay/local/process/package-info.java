/** Processes that do not outlive this one. */
package dev.flightdelay.local.process;
