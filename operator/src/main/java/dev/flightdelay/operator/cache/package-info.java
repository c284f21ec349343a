/** What is kept of the API server's objects: with a thousand models they are most of the heap. */
package dev.flightdelay.operator.cache;
