/**
 * What is kept in memory of the API server's objects: with a thousand models they are most of the
 * heap. Fields that nobody reads are left out, and texts that are the same are one.
 */
package dev.flightdelay.operator.cache;
