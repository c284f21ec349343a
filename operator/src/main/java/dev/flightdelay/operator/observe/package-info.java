/** What is in the cluster of one model, and what it means for each version. */
package dev.flightdelay.operator.observe;
