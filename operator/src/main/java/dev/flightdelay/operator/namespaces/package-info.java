/**
 * Which of the namespaces that are to be served may be read, at the start and from then on. One
 * that may not keeps none of the others waiting.
 */
package dev.flightdelay.operator.namespaces;
