/** Whether the operator still does its work. */
package dev.flightdelay.operator.health;
