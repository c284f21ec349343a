/** The Deployment controller, scheduler and kubelet of one machine: pods are processes. */
package dev.flightdelay.local.runner;
