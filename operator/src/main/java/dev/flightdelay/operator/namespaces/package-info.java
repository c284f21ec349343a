/** Which of the namespaces that are to be served may be read, at the start and from then on. */
package dev.flightdelay.operator.namespaces;
