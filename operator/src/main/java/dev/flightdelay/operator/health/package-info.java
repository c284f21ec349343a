/**
 * Whether the operator still does its work: its caches follow the API server, its namespaces can be
 * read, and one of its replicas leads. A probe asks, and a restart repairs.
 */
package dev.flightdelay.operator.health;
