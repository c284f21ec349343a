/**
 * What the custom resource says of itself: a row a version, the conditions, and the events that
 * tell what happened between two statuses.
 */
package dev.flightdelay.operator.status;
