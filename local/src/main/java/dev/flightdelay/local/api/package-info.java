/** A Kubernetes API in memory: fabric8's mock server in its CRUD mode, and what it lacks. */
package dev.flightdelay.local.api;
