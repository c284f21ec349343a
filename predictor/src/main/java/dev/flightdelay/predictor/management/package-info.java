/** The management port: probes, metrics and which model is served, by Spring Boot. */
package dev.flightdelay.predictor.management;
